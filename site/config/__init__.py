"""How the site is put together: settings, addresses, processes. Nobody imports it."""

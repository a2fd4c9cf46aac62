"""What every form open to everybody checks: origin, rates, signed links, and how it says no."""

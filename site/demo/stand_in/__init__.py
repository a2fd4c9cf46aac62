"""A stand-in for the sign-in providers, for the demo and the tests.

It answers on loopback alone and knows no Django: `python -m demo.stand_in`.
"""

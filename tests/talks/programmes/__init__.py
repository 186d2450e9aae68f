"""Programmes as other programs write them, made up here: large, and with the oddities that real ones have."""

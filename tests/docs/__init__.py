"""The pages as readers see and use them, in a real browser."""

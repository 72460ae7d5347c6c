"""Measurements that report what they measured; nothing here is a test."""

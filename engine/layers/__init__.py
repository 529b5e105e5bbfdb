"""Blocks that two backbones share."""

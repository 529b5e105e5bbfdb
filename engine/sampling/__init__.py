"""Samplers, guidance and noise: functions that know no network."""

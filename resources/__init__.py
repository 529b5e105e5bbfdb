"""Data only: icons, styles, bundled models with cards and licences, demo clips."""

"""From picks to adapters: preference data, objectives, the trainer, evaluation. No window in sight."""

"""Audio codecs that backbones share: mel front end, autoencoder, vocoder."""

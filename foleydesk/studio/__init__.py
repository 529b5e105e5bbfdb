"""The open project and everything that serves it, joined: what views ask, and what they are told. No widgets."""

"""A plain model trained on the same labels as the network, to say what the network is worth."""

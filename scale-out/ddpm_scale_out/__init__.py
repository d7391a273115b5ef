"""Goes on with a model of the DDPM playground in PyTorch, and back: the same UNet, diffusion, objectives and EMA."""

"""Goes on with a model of the DDPM playground in PyTorch, and back: the same U-Net, diffusion, objectives and EMA."""

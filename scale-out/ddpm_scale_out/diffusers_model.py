"""The network as a diffusers model. The export puts this file, after that of the network, into the folder it writes."""

from dataclasses import dataclass

import torch
from diffusers import ConfigMixin, ModelMixin
from diffusers.configuration_utils import register_to_config
from diffusers.utils import BaseOutput

from .unet import UNet  # left out of the exported file


@dataclass
class PlaygroundUNetOutput(BaseOutput):
    sample: torch.Tensor


class PlaygroundUNet(ModelMixin, ConfigMixin):
    """f_θ(x_t, t, c) by diffusers' conventions: sample [N,C,H,W], timestep a number or [N], class_labels [N] or none."""

    @register_to_config
    def __init__(
        self,
        sample_size,
        in_channels,
        n_channels,
        ch_mults,
        is_attn,
        n_blocks,
        n_groups=32,
        n_final_groups=8,
        dropout=0.0,
        n_classes=0,
        learned_variance=False,
    ):
        super().__init__()
        names = ("n_channels", "ch_mults", "is_attn", "n_blocks", "n_groups", "n_final_groups", "dropout", "n_classes")
        names += ("learned_variance",)
        network = UNet({"image_channels": in_channels, **{name: getattr(self.config, name) for name in names}})
        # Its layers become this model's own, so that the parameters keep their names.
        for name, layer in network.named_children():
            self.add_module(name, layer)
        self.n_classes = n_classes

    def forward(self, sample, timestep, class_labels=None, return_dict=True):
        t = torch.as_tensor(timestep, device=sample.device).expand(len(sample))
        result = UNet.forward(self, sample, t, class_labels)
        return PlaygroundUNetOutput(sample=result) if return_dict else (result,)

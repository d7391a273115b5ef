import type { Snippet } from './snippets';

/** One step of DDIM, with the choices of the view. */
export function ddimSnippet({ eta, clipX0 }: { eta: number; clipX0: boolean }): Snippet {
  const limits = clipX0 ? '.clamp(-1, 1)' : '';
  const again = clipX0 ? '\n    eps = (x - now.sqrt() * x0) / (1 - now).sqrt()' : '';
  const last =
    eta > 0
      ? `variance = eta**2 * (1 - before) / (1 - now) * (1 - now / before)
    z = torch.randn_like(x)
    return before.sqrt() * x0 + (1 - before - variance).clamp(min=0).sqrt() * eps + variance.sqrt() * z`
      : 'return before.sqrt() * x0 + (1 - before).sqrt() * eps';
  return {
    title: 'DDIM step',
    code: `${eta > 0 ? `eta = ${eta}\n\n` : ''}def ddim_step(x, eps, t, s):
    """x_s from x_t for an earlier s, −1 for the image; eps is what the network predicts."""
    now, before = alpha_bar[t], alpha_bar[s] if s >= 0 else torch.tensor(1.0)
    x0 = ((x - (1 - now).sqrt() * eps) / now.sqrt())${limits}${again}
    ${last}`,
    source: 'Song et al. 2021, equation 12',
  };
}

export const guidanceSnippet: Snippet = {
  title: 'Guidance',
  code: `def guided_eps(network, x, t, labels, w):
    """ε̂ with classifier-free guidance; with w = 0 it is the class-conditional prediction."""
    eps_class = network(x, t, labels)
    eps_none = network(x, t, torch.full_like(labels, -1))
    return (1 + w) * eps_class - w * eps_none`,
  source: 'Ho and Salimans 2022, equation 6',
};

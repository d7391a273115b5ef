/** Stands behind the question mark of the form. */
export const formHelp = (
  <>
    <p>
      <b>Script</b> is one Python file of at most 300 lines: settings, schedule, U-Net, loss, training with
      EMA, and sampling with DDPM and DDIM. <b>Notebook</b> is the same code in cells, for Jupyter. Both need
      torch, numpy and pillow.
    </p>
    <p>
      With the weights beside it, training starts from them, with a new optimizer. Without them, it starts
      from new weights. Random numbers differ from those of the page, the timesteps of sampling are evenly
      spaced, and images are not augmented. Samplers other than DDPM become DDIM.
    </p>
  </>
);

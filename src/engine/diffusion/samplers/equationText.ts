/** An equation, or a part of one, as LaTeX and in words. */
export interface EquationText {
  tex: string;
  label: string;
}

/** √a. */
export function root({ tex, label }: EquationText): EquationText {
  return { tex: String.raw`\sqrt{${tex}}`, label: `the root of ${label}` };
}

/** a / b. */
export function over(top: EquationText, bottom: EquationText): EquationText {
  return { tex: String.raw`\tfrac{${top.tex}}{${bottom.tex}}`, label: `${top.label} over ${bottom.label}` };
}

/** The factors, one after the other. */
export function product(...factors: EquationText[]): EquationText {
  return {
    tex: factors.map(({ tex }) => tex).join(String.raw`\,`),
    label: factors.map(({ label }) => label).join(' times '),
  };
}

/** −a. */
export function negative({ tex, label }: EquationText): EquationText {
  return { tex: `-${tex}`, label: `minus ${label}` };
}

/** 1 − a − b …, with brackets where it is a factor. */
export function oneMinus(...parts: EquationText[]): EquationText {
  return {
    tex: ['1', ...parts.map(({ tex }) => tex)].join('-'),
    label: ['one', ...parts.map(({ label }) => label)].join(' minus '),
  };
}

export function bracketed({ tex, label }: EquationText): EquationText {
  return { tex: `(${tex})`, label };
}

export const one: EquationText = { tex: '1', label: 'one' };

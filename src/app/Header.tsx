import { BackendBadge } from './BackendBadge';
import { StepNavigation } from './StepNavigation';
import { ThemeSwitch } from './ThemeSwitch';
import './Header.css';

/** Name, steps, backend and theme; stays in sight. */
export function Header() {
  return (
    <header className="header">
      <div className="header__inner">
        <a className="header__brand" href="#data">
          <img src="./icon.svg" width={28} height={28} alt="" />
          <h1>DDPM playground</h1>
        </a>
        <StepNavigation />
        <div className="header__end">
          <BackendBadge />
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}

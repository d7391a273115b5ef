import { BackendBadge } from './BackendBadge';
import { HistoryButtons } from './history/HistoryButtons';
import { HelpButton } from './keyboard/HelpButton';
import { StepNavigation } from './StepNavigation';
import { ShareButton } from './share/ShareButton';
import { ThemeSwitch } from './ThemeSwitch';
import { TourButton } from './tour/TourButton';
import { useView } from './useView';
import { ViewNavigation } from './ViewNavigation';
import './Header.css';

/** Name, steps of the playground, backend, undo, share, tour, keyboard, theme and views; stays in sight. */
export function Header() {
  const inPlayground = useView() === 'playground';
  return (
    <header className="header">
      <div className="header__inner">
        <a className="header__brand" href="#/">
          <img src="./icon.svg" width={28} height={28} alt="" />
          <h1>DDPM playground</h1>
        </a>
        {inPlayground && <StepNavigation />}
        <div className="header__end">
          <BackendBadge />
          <HistoryButtons />
          <ShareButton />
          <TourButton />
          <HelpButton />
          <ThemeSwitch />
        </div>
      </div>
      <ViewNavigation />
    </header>
  );
}

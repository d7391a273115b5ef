import { BackendBadge } from './BackendBadge';
import { HistoryButtons } from './history/HistoryButtons';
import { HelpButton } from './keyboard/HelpButton';
import { PresenterButton } from './presenter/PresenterButton';
import { ShareButton } from './share/ShareButton';
import { ThemeSwitch } from './ThemeSwitch';
import { TourButton } from './tour/TourButton';
import { ViewNavigation } from './ViewNavigation';
import './Header.css';

/** Name, views, backend, undo, share, tour, presenter mode, keyboard and theme; stays in sight. */
export function Header() {
  return (
    <header className="header">
      <div className="header__inner">
        <a className="header__brand" href="#/">
          <img src="./icon.svg" width={28} height={28} alt="" />
          <h1>DDPM playground</h1>
        </a>
        <ViewNavigation />
        <div className="header__end">
          <BackendBadge />
          <HistoryButtons />
          <ShareButton />
          <TourButton />
          <PresenterButton />
          <HelpButton />
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}

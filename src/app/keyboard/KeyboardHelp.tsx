import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { Fragment, useRef } from 'react';
import { IconButton } from '../../ui/controls/IconButton';
import { SwitchField } from '../../ui/controls/SwitchField';
import { keysOf } from '../../ui/keyboard/keyNames';
import type { Place, Shortcut } from '../../ui/keyboard/place';
import { shortcuts } from '../../ui/keyboard/shortcuts';
import { openDialog } from '../pageDialogs';
import { setSingleKeys, useSingleKeys } from './singleKeys';
import '../../ui/controls/dialog.css';
import './KeyboardHelp.css';

const places: Place[] = Object.values(shortcuts);

/** Every key of the page by place, from the table that the handlers ask. */
export default function KeyboardHelp() {
  const list = useRef<HTMLElement>(null);
  const single = useSingleKeys((state) => state.on);
  return (
    <Dialog.Root open onOpenChange={(open) => openDialog('help', open)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog__overlay" />
        <Dialog.Content
          className="dialog dialog--tall keyboard-help"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // It can be scrolled at once, and no hint of a button takes the first Escape.
            event.preventDefault();
            list.current?.focus();
          }}
        >
          <div className="dialog__head">
            <Dialog.Title>Keyboard</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" icon={X} />
            </Dialog.Close>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys. */}
          <section ref={list} className="dialog__body" aria-label="Keys by place" tabIndex={0}>
            <div className="keyboard-help__columns">
              {places.map((place) => (
                <PlaceKeys key={place.title} place={place} />
              ))}
            </div>
          </section>
          <div className="dialog__foot">
            <SwitchField label="Single keys, such as P, S and ?" checked={single} onChange={setSingleKeys} />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PlaceKeys({ place: { title, note, keys } }: { place: Place }) {
  return (
    <div>
      <h3 className="title">{title}</h3>
      {note && <p className="note">{note}</p>}
      <dl>
        {Object.values(keys).map((shortcut) => (
          <Row key={shortcut.title} {...shortcut} />
        ))}
      </dl>
    </div>
  );
}

function Row({ title, strokes }: Shortcut) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {strokes.map((stroke, i) => (
          <Fragment key={stroke}>
            {i > 0 && ' or '}
            <span>
              {keysOf(stroke).map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </span>
          </Fragment>
        ))}
      </dd>
    </div>
  );
}

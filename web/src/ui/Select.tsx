import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import styles from './Field.module.css';
import { Icon } from './Icon';

interface SelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** A list to choose one from (WAI-ARIA: combobox, select only). */
export function Select({ label, value, options, onChange }: SelectProps) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<number | null>(null); // null: closed
  const chosen = options.findIndex((option) => option.value === value);

  useEffect(() => {
    if (active === null) return;
    const close = (event: PointerEvent): void => {
      if (!root.current?.contains(event.target as Node)) setActive(null);
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, [active]);

  const pick = (index: number): void => {
    const option = options[index];
    if (option !== undefined) onChange(option.value);
    setActive(null);
  };
  const onKey = (event: KeyboardEvent): void => {
    const moved = moveTo(event.key, active, Math.max(0, chosen), options.length);
    if (moved !== undefined) setActive(moved);
    else if (active !== null && (event.key === 'Enter' || event.key === ' ')) pick(active);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.field}>
      <span id={`${id}-label`} className={styles.label}>
        {label}
      </span>
      <div className={styles.select} ref={root}>
        <button
          type="button"
          role="combobox"
          aria-labelledby={`${id}-label ${id}-value`}
          aria-haspopup="listbox"
          aria-expanded={active !== null}
          aria-controls={`${id}-list`}
          aria-activedescendant={active === null ? undefined : `${id}-${active}`}
          className={styles.choice}
          onClick={() => setActive(active === null ? Math.max(0, chosen) : null)}
          onKeyDown={onKey}
          onBlur={() => setActive(null)}
        >
          <span id={`${id}-value`} className={styles.chosen}>
            {options[chosen]?.label ?? options[0]?.label}
          </span>
          <Icon name="down" size={18} />
        </button>
        {active !== null && (
          <ul id={`${id}-list`} role="listbox" aria-labelledby={`${id}-label`} className={styles.list}>
            {options.map((option, index) => (
              <li
                key={option.value}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === chosen}
                data-active={index === active}
                className={styles.option}
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={() => setActive(index)}
                onClick={() => pick(index)}
                onKeyDown={onKey}
              >
                {option.label}
                {index === chosen && <Icon name="check" size={18} />}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** Where a key leads in the list: an index, null for closed, undefined for nowhere. */
function moveTo(key: string, active: number | null, chosen: number, count: number): number | null | undefined {
  if (key === 'Escape' && active !== null) return null;
  if (active === null) return key === 'ArrowDown' || key === 'ArrowUp' ? chosen : undefined;
  if (key === 'ArrowDown') return Math.min(count - 1, active + 1);
  if (key === 'ArrowUp') return Math.max(0, active - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

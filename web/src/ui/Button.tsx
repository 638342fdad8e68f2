import type { ButtonHTMLAttributes } from 'react';
import styles from './Button.module.css';
import { Icon, type IconName } from './Icon';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'primary' | 'plain' | 'quiet' | 'danger' | 'danger-soft';
  size?: 'm' | 'l';
  icon?: IconName;
  /** Work is under way: the button stays in its place and cannot be pressed. */
  busy?: boolean;
}

export function Button({ look = 'plain', size = 'm', icon, busy = false, children, className, ...rest }: ButtonProps) {
  const names = [styles.button, styles[look], styles[size], className].filter(Boolean).join(' ');
  return (
    <button type="button" {...rest} className={names} aria-busy={busy} disabled={busy || rest.disabled === true}>
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : icon && <Icon name={icon} size={size === 'l' ? 22 : 18} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  icon: IconName;
  /** Its name, also shown when the pointer rests on it. */
  label: string;
  look?: 'plain' | 'quiet' | 'on' | 'danger';
  large?: boolean;
}

export function IconButton({ icon, label, look = 'plain', large = false, className, ...rest }: IconButtonProps) {
  const names = [styles.icon, styles[`icon-${look}`], large && styles.large, className].filter(Boolean).join(' ');
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={names}>
      <Icon name={icon} size={large ? 24 : 20} />
    </button>
  );
}

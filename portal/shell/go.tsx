import Link, { type LinkProps } from '@cloudscape-design/components/link';
import { useHref, useNavigate } from 'react-router-dom';

/** A link inside the portal: a real address, followed without loading the page anew. */
export function Go({ to, ...link }: { to: string } & Omit<LinkProps, 'href' | 'onFollow'>) {
  const href = useHref(to);
  const navigate = useNavigate();
  return (
    <Link
      {...link}
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        navigate(to);
      }}
    />
  );
}

import { Fragment, type ReactNode } from 'react';

const pieces = /(\*\*[^*]+\*\*|\{\w+\})/g;

/** A message with `**strong**` words and `{name}` places that hold elements: links, code, copy buttons. */
export function RichText({
  text,
  parts = {},
}: {
  text: string;
  parts?: Readonly<Record<string, ReactNode>>;
}) {
  return text.split(pieces).map((piece, position) => {
    const key = `${position}:${piece}`;
    if (piece.startsWith('**')) return <strong key={key}>{piece.slice(2, -2)}</strong>;
    if (piece.startsWith('{')) return <Fragment key={key}>{parts[piece.slice(1, -1)] ?? piece}</Fragment>;
    return piece;
  });
}

/** How the books are cut: what is stored together, and what is held in memory at once. */
export type BookSizes = {
  /** Rows in a segment; one holds up to twice as many before it is cut. */
  segmentRows: number;
  /** Bytes of rows (uncompressed) after which a segment is closed whatever it counts. */
  segmentBytes: number;
  /** Rows and bytes of one read that are held in memory before they are spilled. */
  spillRows: number;
  spillBytes: number;
  /** Spilled parts merged at once: a block of each is in memory. */
  mergeParts: number;
};

/**
 * Some hundreds of rows a segment: a page of the API opens one or two, an edit rewrites one. 5,000 rows of a read
 * are some 15 MB, and there are several reads side by side.
 */
export const bookSizes: BookSizes = {
  segmentRows: 400,
  segmentBytes: 4_000_000,
  spillRows: 5000,
  spillBytes: 16_000_000,
  mergeParts: 16,
};

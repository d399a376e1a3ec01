import { memo } from 'react';

interface TrackMarksProps {
  /** Places from 0 to 1 of the list's length. */
  readonly matches: readonly number[];
  readonly bookmarks: readonly number[];
}

const HEIGHT = 1000;

/** Marks beside the scroll bar: where in the whole list there are matches and bookmarks. */
export const TrackMarks = memo(function TrackMarks({ matches, bookmarks }: TrackMarksProps) {
  if (matches.length === 0 && bookmarks.length === 0) return null;
  const path = (places: readonly number[], from: number, to: number) =>
    places.map((place) => `M${from} ${(place * HEIGHT).toFixed(1)}H${to}`).join('');
  return (
    <svg
      className="log-track"
      viewBox={`0 0 10 ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      data-matches={matches.length}
    >
      <path className="track-match" d={path(matches, 0, 10)} />
      <path className="track-bookmark" d={path(bookmarks, 4, 10)} />
    </svg>
  );
});

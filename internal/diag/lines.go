package diag

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Lines turns byte offsets of one file into positions. Build it once per file; it is not safe for concurrent use.
type Lines struct {
	file   string
	src    string
	starts []int
	last   struct{ offset, line, col int } // of the last position, so that one long line takes linear time
}

// NewLines indexes src, the whole content of file.
func NewLines(file, src string) *Lines {
	starts := make([]int, 1, strings.Count(src, "\n")+1)
	for i := 0; ; {
		n := strings.IndexByte(src[i:], '\n')
		if n < 0 {
			return &Lines{file: file, src: src, starts: starts}
		}
		i += n + 1
		starts = append(starts, i)
	}
}

// Pos is the position of the byte at offset; an offset outside the file is moved to its nearest end.
func (l *Lines) Pos(offset int) Pos {
	offset = max(0, min(offset, len(l.src)))
	line := sort.SearchInts(l.starts, offset+1)
	from, col := l.starts[line-1], 1
	if line == l.last.line && offset >= l.last.offset {
		from, col = l.last.offset, l.last.col
	}
	col += utf8.RuneCountInString(l.src[from:offset])
	l.last.offset, l.last.line, l.last.col = offset, line, col
	return Pos{File: l.file, Line: line, Col: col}
}

package diag

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Lines turns byte offsets of one file into positions. Build it once per file.
type Lines struct {
	file   string
	src    string
	starts []int
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
	start := l.starts[line-1]
	return Pos{File: l.file, Line: line, Col: utf8.RuneCountInString(l.src[start:offset]) + 1}
}

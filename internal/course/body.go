package course

import (
	"strings"

	"lectern/internal/diag"
)

// Body is the Markdown of a page and what the parser found in it. All offsets are bytes into Source, and Segments and
// Blocks are in document order. A translated page is Source with segments replaced: it is never printed anew.
type Body struct {
	Source   string
	Segments []Segment
	Blocks   []Block
	Links    []Link
}

// Segment is the text of one leaf block (or an alt text or caption inside one): the unit of translation.
type Segment struct {
	Text
	Start, End int
	Prefix     string // what continuation lines must begin with to stay in the block ("> ", "   ")
	Anchor     bool   // the block's element carries the segment's ID, so that links and progress can point at it
}

// BlockKind is the kind of a Block.
type BlockKind string

const (
	Heading BlockKind = "heading"
	Box     BlockKind = "box"   // a blockquote that begins with [!NAME]
	Fence   BlockKind = "fence" // a fenced code block; its Name is the info string, "quiz" places a quiz
	Table   BlockKind = "table"
	Raw     BlockKind = "html" // raw HTML, which is never rendered
)

// Block is a part of a page that later stages must know; plain paragraphs and lists are not among them. It covers whole
// lines.
type Block struct {
	Kind       BlockKind
	Name       string // a box's kind in lower case, a fence's info string
	Text       string // a fence's content, a heading's plain text
	Level      int    // of a heading
	ID         string // of a heading: the ID of its segment
	Start, End int
	Pos        diag.Pos
}

// Link is a link or a picture, by its destination as written.
type Link struct {
	Dest  string
	Image bool
	Alt   string // plain text of a picture's alternative text
	Start int    // in the body's source
	Pos   diag.Pos
}

// The kinds of boxes that a blockquote can be.
const (
	BoxCase        = "case"
	BoxActivity    = "activity"
	BoxFacilitator = "facilitator"
	BoxLaw         = "law"
	BoxNational    = "national"
	BoxKey         = "key"
	BoxNote        = "note"
	BoxWarning     = "warning"
)

// BoxKinds lists every kind of box.
func BoxKinds() []string {
	return []string{BoxActivity, BoxCase, BoxFacilitator, BoxKey, BoxLaw, BoxNational, BoxNote, BoxWarning}
}

// Splice is the source with every segment replaced by what value gives for it. A segment whose value is its source, and everything
// between segments, keeps its bytes. Line breaks in a value stay inside the segment's container.
func (b Body) Splice(value func(Segment) string) string {
	var out strings.Builder
	out.Grow(len(b.Source) + len(b.Source)/4)
	at := 0
	for _, s := range b.Segments {
		v := value(s)
		if v == s.Source {
			continue
		}
		if s.Kind == KindCaption { // it stands between quotation marks
			v = strings.ReplaceAll(v, `"`, `\"`)
		}
		out.WriteString(b.Source[at:s.Start])
		out.WriteString(strings.ReplaceAll(v, "\n", "\n"+s.Prefix))
		at = s.End
	}
	out.WriteString(b.Source[at:])
	return out.String()
}

// Markdown is the body in the library's language.
func (b Body) Markdown() string {
	return b.Splice(func(s Segment) string { return s.Value })
}

// Without is the body with the blocks that drop names cut out, lines and all, and everything found inside them.
func (b Body) Without(drop func(Block) bool) Body {
	var cuts []Block
	for _, block := range b.Blocks {
		if drop(block) && (len(cuts) == 0 || block.Start >= cuts[len(cuts)-1].End) {
			block.End = b.last(block)
			cuts = append(cuts, block)
		}
	}
	if len(cuts) == 0 {
		return b
	}
	// shift is the offset in the shortened source, or -1 for a place inside a cut.
	shift := func(offset int) int {
		gone := 0
		for _, c := range cuts {
			if offset >= c.End {
				gone += c.End - c.Start
			} else if offset >= c.Start {
				return -1
			}
		}
		return offset - gone
	}
	var out Body
	var source strings.Builder
	at := 0
	for _, c := range cuts {
		source.WriteString(b.Source[at:c.Start])
		at = c.End
	}
	source.WriteString(b.Source[at:])
	out.Source = source.String()
	for _, s := range b.Segments {
		if start := shift(s.Start); start >= 0 {
			s.Start, s.End = start, start+s.End-s.Start
			out.Segments = append(out.Segments, s)
		}
	}
	for _, block := range b.Blocks {
		if start := shift(block.Start); start >= 0 {
			// A box may hold a cut: its end moves by what was cut inside it.
			length := block.End - block.Start
			for _, c := range cuts {
				if c.Start >= block.Start && c.End <= block.End {
					length -= c.End - c.Start
				}
			}
			block.Start, block.End = start, start+length
			out.Blocks = append(out.Blocks, block)
		}
	}
	for _, l := range b.Links {
		if l.Start = shift(l.Start); l.Start >= 0 {
			out.Links = append(out.Links, l)
		}
	}
	return out
}

// last is the end of a box's last line. The blank lines behind it, with fewer quote marks than the box, part what stands before
// it from what follows.
func (b Body) last(box Block) int {
	src := b.Source[box.Start:box.End]
	mark := strings.Index(src, "[!")
	if mark < 0 {
		return box.End
	}
	quotes := strings.Count(src[strings.LastIndexByte(src[:mark], '\n')+1:mark], ">")
	end := len(src)
	for end > 0 {
		start := strings.LastIndexByte(src[:end-1], '\n') + 1
		if line := src[start:end]; strings.Trim(line, "> \t\n") != "" || strings.Count(line, ">") >= quotes {
			break
		}
		end = start
	}
	return box.Start + end
}

// Words counts the words of the source text that a learner reads.
func (b Body) Words() int {
	n := 0
	for _, s := range b.Segments {
		n += len(strings.Fields(s.Source))
	}
	return n
}

// Quizzes lists the fences that place a quiz.
func (b Body) Quizzes() []Block {
	var out []Block
	for _, block := range b.Blocks {
		if block.Kind == Fence && block.Name == "quiz" {
			out = append(out, block)
		}
	}
	return out
}

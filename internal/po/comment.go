package po

import "strings"

// comment reads a comment line, or just the #~ or #| that begins a line of an obsolete entry or of a previous msgid.
func (p *parser) comment() {
	rest := p.src[p.pos:]
	switch {
	case strings.HasPrefix(rest, "#~|"):
		p.obsolete, p.previous = true, true
		p.pos += 3
		return
	case strings.HasPrefix(rest, "#~"):
		p.obsolete = true
		p.pos += 2
		return
	case strings.HasPrefix(rest, "#|"):
		p.previous = true
		p.pos += 2
		return
	}
	if p.previous {
		p.stray("comment in a #| comment", "give it a line of its own")
		return
	}
	switch {
	case p.keyword == none:
	case p.seen[msgstr], p.afterBlankLine():
		p.finish()
	default:
		p.report(p.here(), "comment inside an entry", "move it above the first line of the entry, before any #|")
	}
	p.begin()
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	p.pos += len(rest)
	line := strings.TrimRight(rest, "\r")
	c := &p.comments
	switch {
	case line == "#":
		c.translator = append(c.translator, "")
	case line[1] == ' ' || line[1] == '\t':
		c.translator = append(c.translator, strings.TrimPrefix(line[1:], " "))
	case line[1] == '.':
		c.extracted = append(c.extracted, strings.TrimPrefix(line[2:], " "))
	case line[1] == ':':
		c.references = splitReferences(c.references, line[2:])
	case line[1] == ',':
		c.flags = splitFlags(c.flags, line[2:])
	default:
		c.unknown = append(c.unknown, line)
	}
}

// afterBlankLine says that the line before this one is blank: what an entry lacks there will not come any more.
func (p *parser) afterBlankLine() bool {
	before := strings.TrimRight(strings.TrimSuffix(p.src[:p.bol], "\n"), " \t\r\f\v")
	return strings.HasSuffix(before, "\n")
}

// splitReferences splits at spaces, but not in a file name between the marks that gettext puts around one with spaces.
func splitReferences(refs []string, line string) []string {
	marks := true
	for line = strings.TrimLeft(line, blanks); line != ""; line = strings.TrimLeft(line, blanks) {
		name := 0
		if marks && strings.HasPrefix(line, firstStrongIsolate) {
			name = strings.Index(line, popDirectionalIsolate)
			marks = name >= 0 // if there is none here, there is none in what follows
			name = max(name, 0)
		}
		end := strings.IndexAny(line[name:], blanks)
		if end < 0 {
			end = len(line) - name
		}
		refs = append(refs, strip(line[:name+end]))
		line = line[name+end:]
	}
	return refs
}

// splitFlags splits at commas and, as gettext does, at spaces, but keeps "range: 0..5" and its like together.
func splitFlags(flags []string, line string) []string {
	for flag := range strings.SplitSeq(line, ",") {
		if flag = strings.Trim(flag, blanks); strings.Contains(flag, ":") {
			flags = append(flags, flag)
			continue
		}
		for word := range strings.FieldsFuncSeq(flag, func(r rune) bool { return strings.ContainsRune(blanks, r) }) {
			flags = append(flags, word)
		}
	}
	return flags
}

// The marks gettext puts around a file name that has a space in it.
const firstStrongIsolate, popDirectionalIsolate = "\u2068", "\u2069"

// isolate puts the marks around the file name of a reference that needs them.
func isolate(ref string) string {
	if !strings.ContainsAny(ref, blanks) || strings.HasPrefix(ref, firstStrongIsolate) {
		return ref
	}
	name, line := ref, ""
	if i := strings.LastIndexByte(ref, ':'); i >= 0 && strings.Trim(ref[i+1:], "0123456789") == "" {
		name, line = ref[:i], ref[i:]
	}
	return firstStrongIsolate + name + popDirectionalIsolate + line
}

// strip removes the marks that isolate would put back, and no others.
func strip(ref string) string {
	if inner, ok := strings.CutPrefix(ref, firstStrongIsolate); ok {
		if inner = strings.Replace(inner, popDirectionalIsolate, "", 1); isolate(inner) == ref {
			return inner
		}
	}
	return ref
}

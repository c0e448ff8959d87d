package render

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/afero"

	"lectern/internal/course"
)

// Marks are private-use characters put into Markdown, where no markup of ours could pass Hugo's parser, and turned into markup
// when the page is written. Loading refuses them in contributed text, so that only we can set them.
const (
	markID      = "\ue000" // markID id markIDEnd: the id of the element that begins here
	markIDEnd   = "\ue001"
	markForeign = "\ue002" // the text up to markNative is in the source language
	markNative  = "\ue003"
	markQuote   = "\ue004" // a quotation mark in a caption, where Hugo leaves the backslash before it
)

// publisher is the file system that Hugo writes pages to.
type publisher struct {
	afero.Fs
	source course.Language

	mu     sync.Mutex
	files  []string
	failed error
}

func (p *publisher) start(source course.Language) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.source, p.files, p.failed = source, nil, nil
}

func (p *publisher) written() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	slices.Sort(p.files)
	return p.files
}

func (p *publisher) err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.failed
}

func (p *publisher) Name() string { return "publisher" }

func (p *publisher) Create(name string) (afero.File, error) {
	return p.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
}

func (p *publisher) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	f, err := p.Fs.OpenFile(name, flag, perm)
	if err != nil || flag&os.O_CREATE == 0 {
		return f, err
	}
	p.mu.Lock()
	p.files = append(p.files, strings.TrimPrefix(name, "/"))
	p.mu.Unlock()
	if !strings.HasSuffix(name, ".html") {
		return f, nil
	}
	return &pageFile{File: f, publisher: p, name: name}, nil
}

// pageFile holds a page until it is whole, because a mark can fall between two writes.
type pageFile struct {
	afero.File
	publisher *publisher
	name      string
	page      bytes.Buffer
}

func (f *pageFile) Write(b []byte) (int, error)       { return f.page.Write(b) }
func (f *pageFile) WriteString(s string) (int, error) { return f.page.WriteString(s) }

func (f *pageFile) Close() error {
	_, err := f.File.Write(unmark(f.page.Bytes(), f.publisher.source))
	if closeErr := f.File.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		f.publisher.mu.Lock()
		f.publisher.failed = fmt.Errorf("write %s: %w", f.name, err)
		f.publisher.mu.Unlock()
	}
	return err
}

// unmark replaces the marks in a page. An id goes into the start tag directly before it; where text or another
// element stands between, an empty anchor carries it.
func unmark(page []byte, source course.Language) []byte {
	if !bytes.Contains(page, []byte("\xee\x80")) {
		return page
	}
	var out bytes.Buffer
	out.Grow(len(page) + 1024)
	open := fmt.Sprintf("<span class=\"foreign\" lang=%q dir=%q>", source.Code, source.Direction)
	for {
		i := bytes.Index(page, []byte("\xee\x80"))
		if i < 0 || i+3 > len(page) {
			out.Write(page)
			return out.Bytes()
		}
		out.Write(page[:i])
		mark := string(page[i : i+3])
		page = page[i+3:]
		switch mark {
		case markForeign:
			out.WriteString(open)
		case markNative:
			out.WriteString("</span>")
		case markQuote:
			out.WriteString("&#34;")
		case markID:
			id, rest, ok := bytes.Cut(page, []byte(markIDEnd))
			if !ok {
				continue
			}
			page = rest
			written := out.Bytes()
			if tag := bytes.LastIndexByte(written, '<'); tag >= 0 && takesID(written[tag:]) {
				out.Truncate(out.Len() - 1)
				fmt.Fprintf(&out, " id=%q>", id)
			} else {
				fmt.Fprintf(&out, "<a id=%q></a>", id)
			}
		}
	}
}

// takesID reports whether b, up to the end of what was written, is one start tag of a block that has no id yet.
func takesID(b []byte) bool {
	end := bytes.IndexByte(b, '>')
	if end != len(b)-1 || len(b) < 3 || b[1] == '/' || bytes.Contains(b, []byte(" id=")) {
		return false
	}
	name := b[1:end]
	if space := bytes.IndexByte(name, ' '); space >= 0 {
		name = name[:space]
	}
	switch string(name) {
	case "p", "li", "dd", "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}

package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"sync"
	"time"

	"lectern/internal/build"
)

// The parts of a measurement, each a process.
const (
	partGenerate = "generate"
	partFull     = "full"
	partPlain    = "plain"
	partPreview  = "preview"
)

// The folders of a generated library, and of plain Hugo's project with the same pages.
const (
	workDir  = "work"
	plainDir = "plain"
)

// Child does a part in this process, with the works in dir, and prints what it found as JSON.
func Child(ctx context.Context, part, dir string, w Work, defaults fs.FS, out io.Writer) error {
	opts := options(dir)
	opts.Defaults = defaults
	opts.Log = func(line string) { fmt.Fprintln(os.Stderr, line) }
	switch part {
	case partGenerate:
		if err := Generate(opts.Dir, w); err != nil {
			return err
		}
		return build.WritePlain(opts, filepath.Join(dir, plainDir))
	case partPlain:
		return build.Plain(ctx, filepath.Join(dir, plainDir), opts.Log)
	case partFull:
		result, err := full(ctx, opts)
		if err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(result)
	case partPreview:
		changes, err := preview(ctx, opts, w)
		if err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(changes)
	}
	return fmt.Errorf("there is no part %q", part)
}

// fullResult is what a full build tells of itself.
type fullResult struct {
	Pages  int
	Stages []Stage
}

func full(ctx context.Context, opts build.Options) (fullResult, error) {
	var result fullResult
	held := watchMemory()
	defer held.stop()
	opts.Progress = func(s build.Stage) {
		result.Stages = append(result.Stages, Stage{s.Name, s.Seconds, held.most()})
	}
	summary, diags, err := build.Build(ctx, opts)
	if err != nil {
		return result, err
	}
	if summary.Errors > 0 {
		return result, fmt.Errorf("the content has errors: %s", diags[0])
	}
	for _, l := range summary.Languages {
		result.Pages += l.Pages
	}
	return result, nil
}

// memory follows how much memory Go holds.
type memory struct {
	mu      sync.Mutex
	bytes   int64 // the most since it was last asked for
	samples []metrics.Sample
	done    chan struct{}
}

// watchMemory samples 100 times a second, which costs less than a thousandth of a core.
func watchMemory() *memory {
	m := &memory{done: make(chan struct{}), samples: []metrics.Sample{
		{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"},
	}}
	go func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-m.done:
				return
			case <-tick.C:
				m.mu.Lock()
				m.sample()
				m.mu.Unlock()
			}
		}
	}()
	return m
}

func (m *memory) sample() {
	metrics.Read(m.samples)
	m.bytes = max(m.bytes, int64(m.samples[0].Value.Uint64()-m.samples[1].Value.Uint64()))
}

func (m *memory) most() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sample()
	most := m.bytes
	m.bytes = 0
	return most
}

func (m *memory) stop() { close(m.done) }

// changes is how many modules are changed, one after the other, for each kind of change.
const changes = 7

func preview(ctx context.Context, opts build.Options, w Work) ([]Change, error) {
	p, err := build.NewPreview(ctx, opts)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	if _, err := renderAll(ctx, p, p.Languages()); err != nil {
		return nil, err
	}
	source, translated := languages[0].code, languages[min(1, w.Languages-1)].code
	kinds := []Change{{What: "paragraph", Lang: source}}
	if w.Languages > 1 {
		kinds = append(kinds, Change{What: "translation", Lang: translated})
	}
	for i := range kinds {
		if err := kinds[i].measure(ctx, p, opts.Dir, w); err != nil {
			return nil, fmt.Errorf("change a %s: %w", kinds[i].What, err)
		}
	}
	return kinds, nil
}

// measure changes a text in a lesson of several modules, one after the other.
func (c *Change) measure(ctx context.Context, p *build.Preview, dir string, w Work) error {
	c.Limit = (lessonsOfModule + 2) * w.Languages
	var times []float64
	for i := range changes {
		m := i * w.modules() / changes
		name, edit := fmt.Sprintf("modules/%s/%s/%s", shelf(m/modulesPerShelf), moduleName(m), lessonName(3)), changeParagraph
		if c.What == "translation" {
			name, edit = fmt.Sprintf("translations/%s/%s/module-%d/part-4.po", c.Lang, shelf(m/modulesPerShelf), m+1), addWord
		}
		full := filepath.Join(dir, filepath.FromSlash(name))
		src, err := os.ReadFile(full)
		if err != nil {
			return err
		}
		changed, ok := edit(string(src))
		if !ok {
			return fmt.Errorf("%s: found no text to change", name)
		}
		if err := os.WriteFile(full, []byte(changed), 0o644); err != nil {
			return err
		}
		began := time.Now()
		if _, err := p.Update(ctx, []string{name}); err != nil {
			return err
		}
		pages, err := renderAll(ctx, p, []string{c.Lang})
		if err != nil {
			return err
		}
		times = append(times, float64(time.Since(began).Microseconds())/1000)
		others, err := renderAll(ctx, p, p.Languages())
		if err != nil {
			return err
		}
		c.Pages = max(c.Pages, pages+others)
		if pages == 0 {
			return fmt.Errorf("%s: the change wrote no page in %s", name, c.Lang)
		}
	}
	c.Milliseconds, c.Worst = median(times), 0
	for _, t := range times {
		c.Worst = max(c.Worst, t)
	}
	return nil
}

// renderAll brings languages up to date and counts the pages written.
func renderAll(ctx context.Context, p *build.Preview, langs []string) (pages int, err error) {
	for _, lang := range langs {
		r, err := p.Render(ctx, lang)
		if err != nil {
			return pages, err
		}
		if r != nil {
			pages += len(r.Files)
		}
	}
	return pages, nil
}

// changeParagraph replaces the last word of the first paragraph after the first heading of a lesson. The lesson stays as long as it was: one
// that takes another minute also changes the pages that show its time, and Hugo renders what lies below those again.
func changeParagraph(src string) (string, bool) {
	heading := strings.Index(src, "\n## ")
	if heading < 0 {
		return src, false
	}
	paragraph := heading + strings.Index(src[heading:], "\n\n") + 2
	end := paragraph + strings.Index(src[paragraph:], ".\n\n")
	word := strings.LastIndexByte(src[:max(end, 0)], ' ')
	if end < paragraph || word < paragraph {
		return src, false
	}
	other := " changed"
	if src[word:end] == other { // a small library has its lessons changed again
		other = " again"
	}
	return src[:word] + other + src[end:], true
}

// addWord adds to the first translation of several lines in a catalogue.
func addWord(src string) (string, bool) {
	header := strings.Index(src, "\n\n")
	at := strings.Index(src[max(header, 0):], "\nmsgstr \"\"\n\"")
	if header < 0 || at < 0 {
		return src, false
	}
	at += header + len("\nmsgstr \"\"\n")
	return src[:at] + "\"+ \"\n" + src[at:], true
}

// Package serve shows a work to its author while it is written: pages from memory, on this machine only, that reload
// themselves, with the diagnostics of a broken file above the last good page.
package serve

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"lectern/internal/diag"
)

// Source is what the server shows. Render brings a language up to date before a page of it is sent.
type Source interface {
	Files() fs.FS // nil while there is nothing to show
	Render(lang string) error
	Diagnostics() []diag.Diagnostic
}

// Server is the live preview.
type Server struct {
	source Source
	mu     sync.Mutex
	pages  map[chan struct{}]bool // open pages, each waiting to be told to reload
}

// New makes a server.
func New(source Source) *Server { return &Server{source: source, pages: map[chan struct{}]bool{}} }

// Serve answers on the listener until the context ends.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{Handler: s.Handler(l.Addr().String()), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = srv.Close() })
	defer stop()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// Handler answers requests that name the address itself. Others come from a page elsewhere whose name was made to point at this
// machine, and get nothing.
func (s *Server) Handler(addr string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.lectern/reload.js", file("text/javascript; charset=utf-8", reloadScript))
	mux.HandleFunc("GET /.lectern/preview.css", file("text/css; charset=utf-8", previewStyle))
	mux.HandleFunc("GET /.lectern/events", s.events)
	mux.HandleFunc("GET /", s.page)
	_, port, _ := net.SplitHostPort(addr)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, p, err := net.SplitHostPort(r.Host)
		if err != nil || p != port || host != "127.0.0.1" && host != "localhost" && host != "::1" {
			http.Error(w, "this preview answers to 127.0.0.1 only", http.StatusForbidden)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

//go:embed reload.js
var reloadScript string

//go:embed preview.css
var previewStyle string

func file(kind, contents string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write([]byte(contents))
	}
}

// Reload tells every open page to load again.
func (s *Server) Reload() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.pages {
		select {
		case c <- struct{}{}:
		default: // it was told already
		}
	}
}

// events is a stream of server-sent events (HTML Living Standard, section 9.2) with one event for each reload.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	c := make(chan struct{}, 1)
	s.mu.Lock()
	s.pages[c] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.pages, c)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	flush := http.NewResponseController(w)
	fmt.Fprint(w, ": open\n\n")
	_ = flush.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-c:
			fmt.Fprint(w, "event: reload\ndata: \n\n")
			if flush.Flush() != nil {
				return
			}
		}
	}
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if strings.HasSuffix(r.URL.Path, "/") || name == "" {
		name = path.Join(name, "index.html")
	}
	lang, _, _ := strings.Cut(name, "/")
	w.Header().Set("Cache-Control", "no-store")
	if err := s.source.Render(lang); err != nil {
		s.problem(w, http.StatusInternalServerError, []diag.Diagnostic{diag.Errorf(diag.Pos{File: "layouts"}, "render", "mend the layout named above", "%v", err)}, nil)
		return
	}
	files := s.source.Files()
	if files == nil {
		s.problem(w, http.StatusInternalServerError, s.source.Diagnostics(), nil)
		return
	}
	contents, err := fs.ReadFile(files, name)
	if err != nil {
		if info, statErr := fs.Stat(files, name); statErr == nil && info.IsDir() {
			http.Redirect(w, r, "/"+name+"/", http.StatusFound)
			return
		}
		http.NotFound(w, r)
		return
	}
	if path.Ext(name) == ".html" {
		s.problem(w, http.StatusOK, s.source.Diagnostics(), contents)
		return
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(contents))
}

var panel = template.Must(template.New("panel").Parse(`<link rel="stylesheet" href="/.lectern/preview.css">
<script src="/.lectern/reload.js" defer></script>
{{with .}}<aside class="lectern-preview" role="alert" lang="en" dir="ltr"><h2>Lectern: {{len .}} to look at</h2><ol>
{{range .}}<li class="{{.Severity}}"><code>{{.Pos}}</code> {{.Severity}}: {{.Message}} [{{.Rule}}]{{with .Hint}}<br>hint: {{.}}{{end}}</li>
{{end}}</ol></aside>{{end}}
`))

// problem sends a page, or an empty one, with what there is to mend.
func (s *Server) problem(w http.ResponseWriter, status int, diags []diag.Diagnostic, page []byte) {
	var insert bytes.Buffer
	if err := panel.Execute(&insert, diags); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if page == nil {
		page = []byte("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Lectern</title><body></body></html>")
	}
	// At the end of the body, so that the page itself stays what a build makes.
	before, after, found := bytes.Cut(page, []byte("</body>"))
	if !found {
		before, after = page, nil
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	for _, part := range [][]byte{before, insert.Bytes(), []byte("</body>"), after} {
		if _, err := w.Write(part); err != nil {
			return
		}
	}
}

package serve

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watched are the parts of a work whose changes show.
var Watched = []string{"modules", "quizzes", "translations", "layouts", "assets", "static", "hugo.toml"}

// settle is how long a burst of changes must pause before it counts as one: editors write a file in several steps.
const settle = 20 * time.Millisecond

// Watch calls changed with the names of the files that changed, slash-separated below dir, until the context ends.
func Watch(ctx context.Context, dir string, changed func(names []string)) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer w.Close()
	if err := w.Add(dir); err != nil {
		return err
	}
	for _, name := range Watched {
		if err := addTree(w, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	var names []string
	timer := time.NewTimer(time.Hour)
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-w.Errors:
			return err
		case e := <-w.Events:
			name, err := filepath.Rel(dir, e.Name)
			name = filepath.ToSlash(name)
			if err != nil || e.Op == fsnotify.Chmod || !watched(name) {
				continue
			}
			if info, err := os.Stat(e.Name); filepath.Ext(name) == "" && err == nil && !info.IsDir() {
				continue // an editor's temporary file
			}
			if e.Op.Has(fsnotify.Create) {
				_ = addTree(w, e.Name)
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
			timer.Reset(settle)
		case <-timer.C:
			changed(names)
			names = nil
		}
	}
}

// watched leaves out what is not ours, and the files that editors write beside a file: content has known endings, and what
// has none is a folder.
func watched(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	base := filepath.Base(name)
	if !slices.Contains(Watched, first) || strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") {
		return false
	}
	switch first {
	case "modules", "quizzes", "translations":
		return slices.Contains([]string{"", ".md", ".yaml", ".po", ".svg", ".png", ".jpg", ".jpeg", ".webp"}, filepath.Ext(base))
	}
	return true
}

// addTree watches a folder and those in it; a file is watched through its folder.
func addTree(w *fsnotify.Watcher, dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if err != nil || !d.IsDir() {
			return err
		}
		return w.Add(name)
	})
}

package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// write makes files in a folder, and the folder.
func write(t *testing.T, dir string, files ...string) {
	t.Helper()
	for _, name := range files {
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(filepath.Base(name)), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

// list gives the files below a folder.
func list(t *testing.T, dir string) string {
	t.Helper()
	var out []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

func stage(t *testing.T, dest string) *Staging {
	t.Helper()
	s, err := Stage(dest)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func commit(t *testing.T, dest string, files ...string) {
	t.Helper()
	s := stage(t, dest)
	write(t, s.Dir, files...)
	if err := s.Commit(); err != nil {
		t.Fatal(err)
	}
}

func TestCommit(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "a", "public")
	commit(t, dest, Stamp, "old.html")
	if got := list(t, parent); got != "a/public/lectern.json a/public/old.html" {
		t.Errorf("first: %s", got)
	}
	s := stage(t, dest)
	write(t, s.Dir, Stamp, "en/new.html")
	if got := list(t, dest); got != "lectern.json old.html" {
		t.Errorf("before the commit: %s", got)
	}
	if err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := list(t, parent); got != "a/public/en/new.html a/public/lectern.json" {
		t.Errorf("second: %s", got)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}

// TestClose proves that a build which fails leaves what was there, and nothing beside it.
func TestClose(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	commit(t, dest, Stamp, "old.html")
	s := stage(t, dest)
	write(t, s.Dir, "half.html")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := list(t, parent); got != "public/lectern.json public/old.html" {
		t.Error(got)
	}
}

func TestForeign(t *testing.T) {
	for name, prepare := range map[string]func(dest string) error{
		"folder with files": func(dest string) error { write(t, dest, "mine.txt"); return nil },
		"hidden files":      func(dest string) error { write(t, dest, ".git/config"); return nil },
		"stamp in a folder": func(dest string) error { write(t, dest, "en/"+Stamp); return nil },
		"file":              func(dest string) error { return os.WriteFile(dest, []byte("mine"), 0o644) },
		"link to a folder": func(dest string) error {
			write(t, dest+".real", Stamp)
			return os.Symlink(dest+".real", dest)
		},
		"link to nowhere": func(dest string) error { return os.Symlink("nowhere", dest) },
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			dest := filepath.Join(parent, "public")
			if err := prepare(dest); err != nil {
				t.Fatal(err)
			}
			before := list(t, parent)
			_, err := Stage(dest)
			if want := dest + ": the destination holds files that lectern did not make"; !errors.Is(err, ErrForeign) || err.Error() != want {
				t.Errorf("%v, want %s", err, want)
			}
			if got := list(t, parent); got != before {
				t.Errorf("left %s, found %s", got, before)
			}
		})
	}
}

// TestForeignMeanwhile proves that files which appear during a build are not replaced either.
func TestForeignMeanwhile(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	s := stage(t, dest)
	write(t, s.Dir, Stamp)
	write(t, dest, "mine.txt")
	if err := s.Commit(); !errors.Is(err, ErrForeign) {
		t.Errorf("%v", err)
	}
	if got := list(t, dest); got != "mine.txt" {
		t.Error(got)
	}
}

func TestEmptyFolder(t *testing.T) {
	dest := t.TempDir()
	commit(t, dest, Stamp)
	if got := list(t, dest); got != Stamp {
		t.Error(got)
	}
}

// TestNeighbours proves that folders beside the destination are nobody's business, whatever they are called.
func TestNeighbours(t *testing.T) {
	for _, swap := range []func(a, b string) error{exchange, replace} {
		parent := t.TempDir()
		dest := filepath.Join(parent, "public")
		write(t, parent, "public.old/mine", "public.new/mine", "public~/mine", "publi/mine")
		commit(t, dest, Stamp, "one")
		s := stage(t, dest)
		write(t, s.Dir, Stamp, "two")
		if err := errors.Join(swap(s.Dir, dest), s.Close()); err != nil {
			t.Fatal(err)
		}
		commit(t, dest, Stamp, "three")
		if got := list(t, parent); got != "publi/mine public/lectern.json public/three public.new/mine public.old/mine public~/mine" {
			t.Error(got)
		}
	}
}

func TestBusy(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(parent, link); err != nil {
		t.Fatal(err)
	}
	s := stage(t, dest)
	write(t, s.Dir, "half.html")
	for _, same := range []string{dest, filepath.Join(parent, "x", "..", "public"), filepath.Join(link, "public")} {
		if _, err := Stage(same); !errors.Is(err, ErrBusy) || err.Error() != "another build to the same destination is running" {
			t.Errorf("%s: %v", same, err)
		}
	}
	if got := list(t, s.Dir); got != "half.html" {
		t.Errorf("the other build took %s", got)
	}
	stage(t, filepath.Join(parent, "public-facilitator")).Close()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	stage(t, dest)
}

// TestKilled proves that what a killed build left behind is cleared away by the next, at each place it can be killed.
func TestKilled(t *testing.T) {
	for name, tt := range map[string]struct {
		left []string
		want string // at the destination once the next build has begun
	}{
		"while it renders":            {[]string{".public.new/half.html", "public/lectern.json", "public/old.html"}, "lectern.json old.html"},
		"in its first build":          {[]string{".public.new/half.html"}, ""},
		"after the swap":              {[]string{".public.new/lectern.json", "public/lectern.json", "public/new.html"}, "lectern.json new.html"},
		"between two renames":         {[]string{".public.new/lectern.json", ".public.new/new.html", ".public.old/lectern.json", ".public.old/old.html"}, "lectern.json old.html"},
		"before the old one is moved": {[]string{".public.old/lectern.json", ".public.old/old.html", "public/lectern.json", "public/new.html"}, "lectern.json new.html"},
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			dest := filepath.Join(parent, "public")
			write(t, parent, tt.left...)
			s := stage(t, dest)
			if tt.want == "" {
				if _, err := os.Lstat(dest); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("%v", err)
				}
			} else if got := list(t, dest); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if got := list(t, s.Dir); got != "" {
				t.Errorf("the new build starts with %s", got)
			}
			write(t, s.Dir, Stamp, "next.html")
			if err := s.Commit(); err != nil {
				t.Fatal(err)
			}
			if got := list(t, parent); got != "public/lectern.json public/next.html" {
				t.Errorf("in the end %s", got)
			}
		})
	}
}

// TestReplace is the way where the system cannot swap folders in one step.
func TestReplace(t *testing.T) {
	parent := t.TempDir()
	a, b := filepath.Join(parent, "a"), filepath.Join(parent, "b")
	write(t, a, "new")
	write(t, b, "old")
	if err := replace(a, b); err != nil {
		t.Fatal(err)
	}
	if got := list(t, parent); got != "a/old b/new" {
		t.Error(got)
	}
	if err := replace(filepath.Join(parent, "nowhere"), b); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
	if got := list(t, parent); got != "a/old b/new" {
		t.Errorf("after a failure: %s", got)
	}
}

// TestBuildHere is a build that TestKill kills.
func TestBuildHere(t *testing.T) {
	dest := os.Getenv("LECTERN_TEST_DEST")
	if dest == "" {
		t.Skip("started by TestKill")
	}
	for i := 0; ; i++ {
		s, err := Stage(dest)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range []string{Stamp, "a", "b", "c", "d", "e"} {
			if err := os.WriteFile(filepath.Join(s.Dir, page), fmt.Append(nil, i), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Commit(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKill kills builds at any time: readers find one build's pages or another's, never some of each, and the next build is not hindered.
func TestKill(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	commit(t, dest, Stamp)
	whole := 0
	for round := range 12 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestBuildHere$")
		cmd.Env = append(os.Environ(), "LECTERN_TEST_DEST="+dest)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(30+7*round) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		var builds []string
		for _, page := range strings.Fields(list(t, dest)) {
			b, err := os.ReadFile(filepath.Join(dest, page))
			if err != nil {
				t.Fatal(err)
			}
			builds = append(builds, string(b))
		}
		if len(builds) == 6 {
			whole++
		}
		if slices.Sort(builds); len(builds) == 0 || len(slices.Compact(builds)) != 1 {
			t.Errorf("round %d: pages of the builds %q", round, builds)
		}
	}
	if whole == 0 {
		t.Error("no build got so far")
	}
	commit(t, dest, Stamp, "next")
	if got := list(t, dest); got != "lectern.json next" {
		t.Error(got)
	}
}

package browsertest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// browsers says where they may be, the best first: commands on the PATH, and the usual places on macOS.
var browsers = []struct {
	name   string
	places []string
}{
	{"chromium", []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	}},
	{"firefox", []string{"firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"}},
}

// maxFile is the time for the tests of one file in one browser. They take a quarter of it on two busy cores.
const maxFile = 6 * time.Minute

// Each *.test.mjs file runs in each browser, in a process of its own, and each of its tests is a subtest here.
func TestBrowsers(t *testing.T) {
	needTools(t)
	files, err := filepath.Glob("*.test.mjs")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests found: %v", err)
	}
	env := slices.Concat(os.Environ(), []string{"LECTERN_SITES=" + sites(t), "LECTERN_KINDS=" + kinds(t)}, serve(t))
	for _, b := range browsers {
		t.Run(b.name, func(t *testing.T) {
			browser := find(t, b.name, b.places)
			for _, file := range files {
				t.Run(strings.TrimSuffix(file, ".test.mjs"), func(t *testing.T) {
					t.Parallel()
					run(t, file, slices.Concat(env, []string{"LECTERN_BROWSER=" + b.name, "LECTERN_BROWSER_PATH=" + browser}))
				})
			}
		})
	}
}

func find(t *testing.T, name string, places []string) string {
	t.Helper()
	for _, place := range places {
		if found, err := exec.LookPath(place); err == nil {
			return found
		}
	}
	t.Fatalf("there is no %s: ./test browser installs it", name)
	return ""
}

// run runs a file of tests. Which tests there are is only known when they have run.
func run(t *testing.T, file string, env []string) {
	ctx, cancel := context.WithTimeout(t.Context(), maxFile)
	defer cancel()
	results := filepath.Join(t.TempDir(), "results")
	cmd := exec.CommandContext(ctx, "node", "--test-reporter=./reporter.mjs", "--test-reporter-destination="+results, file)
	cmd.Env = env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if runtime.GOOS != "windows" {
		// Node closes its browsers when it is told to end, and cannot when it is killed.
		cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
		cmd.WaitDelay = 15 * time.Second
	}
	err := cmd.Run()
	failed := report(t, results)
	if ctx.Err() != nil {
		t.Errorf("not finished after %s", maxFile)
	} else if err != nil && !failed {
		t.Errorf("node: %v", err)
	}
	if out.Len() > 0 {
		t.Logf("%s", &out)
	}
}

// report makes a subtest of each result, and says whether one failed.
func report(t *testing.T, results string) (failed bool) {
	t.Helper()
	f, err := os.Open(results)
	if err != nil {
		t.Errorf("there are no results: %v", err)
		return false
	}
	defer f.Close()
	tests := 0
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for ; lines.Scan(); tests++ {
		var result struct {
			Name, Skipped, Error string
			Failed               bool
			Seconds              float64
		}
		if err := json.Unmarshal(lines.Bytes(), &result); err != nil {
			t.Errorf("result %q: %v", lines.Text(), err)
			continue
		}
		t.Run(result.Name, func(t *testing.T) {
			t.Logf("%.1f s", result.Seconds)
			switch {
			case result.Failed:
				failed = true
				t.Error(result.Error)
			case result.Skipped != "":
				t.Skip(result.Skipped)
			}
		})
	}
	if err := lines.Err(); err != nil {
		t.Error(err)
	}
	if tests == 0 {
		t.Error("no test ran")
	}
	return failed
}

// kinds tells the tests a page of each kind, by edition: the first of each layout in English.
func kinds(t *testing.T) string {
	t.Helper()
	found := map[string]map[string]string{}
	for _, edition := range []string{learner, facilitator} {
		found[edition] = map[string]string{}
		for _, p := range pages(t, edition) {
			below, ok := strings.CutPrefix(p.name, "en/")
			if kind := p.kind(); ok && found[edition][kind] == "" {
				found[edition][kind] = below
			}
		}
	}
	out, err := json.Marshal(found)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// serve makes the sites available over HTTP at two addresses and returns them as environment: one on this machine, which browsers
// trust, and one as in a training room, which they do not, so that much of what scripts can do is absent there.
func serve(t *testing.T) []string {
	t.Helper()
	near := listen(t, "127.0.0.1")
	env := []string{"LECTERN_HTTP=http://" + near}
	if ip := ownAddress(); ip != "" {
		return append(env, "LECTERN_LAN=http://"+listen(t, ip))
	}
	// Without a network, the browsers are told that this name is this machine.
	_, port, err := net.SplitHostPort(near)
	if err != nil {
		t.Fatal(err)
	}
	return append(env, "LECTERN_LAN=http://lan.test:"+port)
}

// ownAddress is the address of this machine in its network, if it has one.
func ownAddress() string {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsGlobalUnicast() {
			return n.IP.String()
		}
	}
	return ""
}

func listen(t *testing.T, host string) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(sites(t))
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: plainFiles(root), ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	t.Cleanup(func() {
		_, _ = server.Close(), root.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// plainFiles sends files as they are. http.FileServer would lead from a/index.html to a/, and no page has that address in a folder.
func plainFiles(root *os.Root) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		f, err := root.Open(filepath.FromSlash(name))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		defer f.Close()
		if info, err := f.Stat(); err != nil || info.IsDir() {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, name, time.Time{}, f)
	})
}

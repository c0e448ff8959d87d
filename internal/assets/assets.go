// Package assets builds the learner's scripts and styles from their components with esbuild, which is linked in: no Node is needed.
// It is the only importer of esbuild.
package assets

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"lectern/internal/site"
)

// Bundle is a built file, by its path below the output: "assets/main.3f2a9c01.js".
type Bundle struct {
	Path     string
	Contents []byte
}

// Build bundles every .ts and .css file directly in fsys, each an entry point, with what it imports. Scripts are classic (an IIFE
// without imports), because module files do not load from file://. Names carry a digest of the content, so that a browser may
// keep a file for ever.
func Build(fsys fs.FS) ([]Bundle, site.Assets, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, nil, fmt.Errorf("list assets: %w", err)
	}
	var bundles []Bundle
	names := site.Assets{}
	for _, e := range entries {
		ext := path.Ext(e.Name())
		if e.IsDir() || ext != ".ts" && ext != ".css" || strings.HasSuffix(e.Name(), ".d.ts") {
			continue
		}
		contents, err := bundle(fsys, e.Name())
		if err != nil {
			return nil, nil, err
		}
		sum := sha256.Sum256(contents)
		name := strings.Replace(e.Name(), ".ts", ".js", 1)
		stem := strings.TrimSuffix(name, path.Ext(name))
		b := Bundle{Path: "assets/" + stem + "." + hex.EncodeToString(sum[:4]) + path.Ext(name), Contents: contents}
		bundles = append(bundles, b)
		names[name] = b.Path
	}
	return bundles, names, nil
}

func bundle(fsys fs.FS, entry string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{entry},
		Bundle:      true, Write: false, Format: api.FormatIIFE, Target: api.ES2018, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, LegalComments: api.LegalCommentsNone,
		LogLevel: api.LogLevelSilent, AbsWorkingDir: "/", Outdir: "/out",
		// A font's address stays as written: it is relative to the built style sheet.
		External: []string{"*.woff2"},
		Plugins:  []api.Plugin{{Name: "fs", Setup: func(b api.PluginBuild) { resolveIn(b, fsys) }}},
	})
	var errs []error
	for _, m := range result.Errors {
		if m.Location != nil {
			errs = append(errs, fmt.Errorf("assets/%s:%d:%d: %s", strings.TrimPrefix(m.Location.File, "assets:"), m.Location.Line, m.Location.Column+1, m.Text))
		} else {
			errs = append(errs, errors.New(m.Text))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return result.OutputFiles[0].Contents, nil
}

// resolveIn makes esbuild read from fsys and nothing else.
func resolveIn(b api.PluginBuild, fsys fs.FS) {
	b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		if strings.HasSuffix(a.Path, ".woff2") || strings.HasPrefix(a.Path, "data:") { // icons are data in the style sheet
			return api.OnResolveResult{Path: a.Path, External: true}, nil
		}
		name := path.Join(path.Dir(a.Importer), a.Path)
		for _, candidate := range []string{name, name + ".ts"} {
			if _, err := fs.Stat(fsys, candidate); err == nil {
				return api.OnResolveResult{Path: candidate, Namespace: "assets"}, nil
			}
		}
		return api.OnResolveResult{}, fmt.Errorf("there is no asset %q", a.Path)
	})
	b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "assets"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		src, err := fs.ReadFile(fsys, a.Path)
		if err != nil {
			return api.OnLoadResult{}, err
		}
		loader := api.LoaderTS
		if path.Ext(a.Path) == ".css" {
			loader = api.LoaderCSS
		}
		text := string(src)
		return api.OnLoadResult{Contents: &text, Loader: loader}, nil
	})
}

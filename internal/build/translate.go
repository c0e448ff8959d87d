package build

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"lectern/internal/diag"
	"lectern/internal/load"
	"lectern/internal/locale"
)

// SyncResult is what bringing the catalogues up to the sources changed.
type SyncResult struct {
	Files []string // written, sorted
}

// Sync brings the PO files of languages (all but the source's, when none are named) up to the sources. It writes nothing when the
// sources or a catalogue cannot be read.
func Sync(dir string, languages []string) (SyncResult, []diag.Diagnostic, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return SyncResult{}, nil, fmt.Errorf("open work: %w", err)
	}
	defer root.Close()
	config, diags, err := readConfig(root.FS())
	if err != nil {
		return SyncResult{}, nil, err
	}
	lib, loaded, err := load.Load(root.FS(), config.SourceLang)
	if err != nil {
		return SyncResult{}, nil, err
	}
	messages, more, err := load.Messages(root.FS())
	if err != nil {
		return SyncResult{}, nil, err
	}
	diags = slices.Concat(diags, loaded, more)
	if len(languages) == 0 {
		for _, l := range config.Languages {
			if l.Code != config.SourceLang {
				languages = append(languages, l.Code)
			}
		}
	}
	write := map[string][]byte{}
	for _, lang := range languages {
		if _, ok := config.language(lang); !ok {
			diags = append(diags, diag.Errorf(diag.Pos{File: configFile}, "language-unknown", "add [languages."+lang+"], or leave it out", "the work has no language %q", lang))
			continue
		}
		catalogues, err := locale.Read(root.FS(), lang)
		if err != nil {
			return SyncResult{}, nil, err
		}
		diags = append(diags, catalogues.Diagnostics()...)
		maps.Copy(write, locale.Sync(lib, messages, catalogues))
	}
	if errs, _ := diag.Count(diags); errs > 0 {
		return SyncResult{}, diag.Sort(diags), nil
	}
	result := SyncResult{Files: slices.Sorted(maps.Keys(write))}
	for _, name := range result.Files {
		if err := replaceFile(root, name, write[name]); err != nil {
			return result, diags, err
		}
	}
	return result, diag.Sort(diags), nil
}

// replaceFile writes a file whole or not at all, so that a translator's work survives a full disk.
func replaceFile(root *os.Root, name string, contents []byte) error {
	name = filepath.FromSlash(name)
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	aside := name + ".new"
	if err := root.WriteFile(aside, contents, fs.FileMode(0o644)); err != nil {
		return err
	}
	return root.Rename(aside, name)
}

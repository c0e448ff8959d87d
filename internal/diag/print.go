package diag

import (
	"encoding/json"
	"fmt"
	"io"
)

// Text prints diagnostics for people and for editors that parse compiler output.
func Text(w io.Writer, ds []Diagnostic) error {
	for _, d := range ds {
		if _, err := fmt.Fprintln(w, d); err != nil {
			return err
		}
		if d.Hint != "" {
			if _, err := fmt.Fprintf(w, "  hint: %s\n", d.Hint); err != nil {
				return err
			}
		}
	}
	return nil
}

// JSON prints diagnostics as one object: {"diagnostics": [...], "errors": n, "warnings": n}.
func JSON(w io.Writer, ds []Diagnostic) error {
	errs, warns := Count(ds)
	if ds == nil {
		ds = []Diagnostic{}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		Diagnostics []Diagnostic `json:"diagnostics"`
		Errors      int          `json:"errors"`
		Warnings    int          `json:"warnings"`
	}{ds, errs, warns})
}

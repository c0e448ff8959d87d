package render

import (
	"encoding/xml"
	"fmt"
	"strings"

	"lectern/internal/course"
)

// Media writes the pictures of a work: diagrams in its language below its folder, other pictures below the whole output, where
// all languages share them. Names are relative to the whole output.
func Media(work course.Work, write func(name string, contents []byte) error) error {
	for _, e := range work.Editions {
		for _, i := range e.Module.Images {
			if err := medium(work.Lang, i, write); err != nil {
				return fmt.Errorf("%s: %w", i.File, err)
			}
		}
	}
	return nil
}

func medium(lang course.Language, i course.Image, write func(string, []byte) error) error {
	if i.SVG != "" {
		svg := i.Diagram(escape)
		// A picture has no page around it to take its direction from.
		svg = strings.Replace(svg, "<svg", fmt.Sprintf(`<svg xml:lang=%q direction=%q`, lang.Code, lang.Direction), 1)
		return write(lang.Code+"/"+ImagePath(i), []byte(svg))
	}
	if i.Read == nil {
		return nil
	}
	contents, err := i.Read()
	if err != nil {
		return err
	}
	return write(ImagePath(i), contents)
}

func escape(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s)) // a strings.Builder does not fail
	return out.String()
}

package qti

import (
	"bytes"
	"image"
	_ "image/jpeg" // for their sizes
	_ "image/png"
	"path"
	"regexp"
	"strconv"
	"strings"

	_ "golang.org/x/image/webp"
)

// mediaType is the type of a picture, by its name.
func mediaType(name string) string {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".jpg":
		return "image/jpeg"
	case ".svg":
		return "image/svg+xml"
	case "":
		return "image/png"
	default:
		return "image/" + ext[1:]
	}
}

// size is the width and height of a picture in the package, "" where they are not known: hotspots count in its pixels.
func (x *exporter) size(name string) (width, height string) {
	for _, f := range x.files {
		if f.Name != name {
			continue
		}
		if path.Ext(name) == ".svg" {
			return svgSize(f.Contents)
		}
		if c, _, err := image.DecodeConfig(bytes.NewReader(f.Contents)); err == nil {
			return strconv.Itoa(c.Width), strconv.Itoa(c.Height)
		}
	}
	return "", ""
}

var svgRoot = regexp.MustCompile(`<svg[^>]*>`)
var svgLength = regexp.MustCompile(`\s(width|height)\s*=\s*["']([0-9]+)(?:px|\.[0-9]+)?["']`)

func svgSize(contents []byte) (width, height string) {
	for _, m := range svgLength.FindAllSubmatch(svgRoot.Find(contents), -1) {
		if string(m[1]) == "width" {
			width = string(m[2])
		} else {
			height = string(m[2])
		}
	}
	return width, height
}

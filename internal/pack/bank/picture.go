package bank

import (
	"bytes"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Pictures collects the pictures of an imported file under names that a module can hold.
type Pictures struct {
	files []File
	named map[string]int // the index of a file by its name
}

const maxPictures = 1000 // of a file

// Add keeps a picture and gives the destination that a text shows it by; ok is false for what modules do not hold: other files, and
// drawings that are more than shapes and words.
func (p *Pictures) Add(name string, contents []byte) (dest string, ok bool) {
	ext := ""
	switch kind := http.DetectContentType(contents); {
	case kind == "image/png":
		ext = ".png"
	case kind == "image/jpeg":
		ext = ".jpg"
	case kind == "image/webp":
		ext = ".webp"
	case harmless(contents):
		ext = ".svg"
	default:
		return "", false
	}
	stem := slug(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	if stem == "" {
		stem = "picture"
	}
	dest = "images/" + stem + ext
	for n := 2; ; n++ {
		i, taken := p.named[dest]
		if !taken {
			return dest, p.keep(File{Name: dest, Contents: contents})
		}
		if bytes.Equal(p.files[i].Contents, contents) {
			return dest, true
		}
		dest = "images/" + stem + "-" + strconv.Itoa(n) + ext
	}
}

func (p *Pictures) keep(f File) bool {
	if len(p.files) == maxPictures {
		return false
	}
	if p.named == nil {
		p.named = map[string]int{}
	}
	p.named[f.Name] = len(p.files)
	p.files = append(p.files, f)
	return true
}

// Files lists what was added.
func (p *Pictures) Files() []File { return p.files }

var (
	svgElements = strings.Fields("svg g title desc rect circle ellipse line polyline polygon path text tspan")
	svgAttrs    = strings.Fields(`viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform id role
		fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity opacity
		font-size font-family font-weight text-anchor dominant-baseline`)
)

// harmless reports that contents is an SVG of shapes and words only. Loading it checks more.
func harmless(contents []byte) bool {
	if !bytes.Contains(contents, []byte("<svg")) || bytes.Contains(contents, []byte("<?xml-")) {
		return false
	}
	root, err := ParseXML("", contents)
	if err != nil || root.Name != "svg" {
		return false
	}
	ok := true
	var check func(n *Node)
	check = func(n *Node) {
		ok = ok && (n.Name == "" || slices.Contains(svgElements, n.Name))
		for _, a := range n.Attrs {
			named := a.Name.Space == "" && slices.Contains(svgAttrs, a.Name.Local)
			ok = ok && (a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || named && !strings.Contains(a.Value, "url("))
		}
		for _, c := range n.Children {
			check(c)
		}
	}
	check(root)
	return ok
}

package load

import (
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // the formats that a module may hold
	_ "image/png"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	_ "golang.org/x/image/webp"

	"lectern/internal/course"
	"lectern/internal/diag"
)

func (l *loader) images(dir string) ([]course.Image, error) {
	var out []course.Image
	for _, name := range l.files[dir+"/images"] {
		file := dir + "/images/" + name
		img := course.Image{Name: "images/" + name, File: file}
		if path.Ext(name) == ".svg" {
			src, err := l.read(file)
			if err != nil {
				return nil, err
			}
			d := &diagram{lines: diag.NewLines(file, src), src: src, stem: strings.TrimSuffix(name, ".svg"), img: img}
			d.parse()
			l.add(d.diags...)
			out = append(out, d.img)
			continue
		}
		if err := l.raster(&img); err != nil {
			return nil, err
		}
		out = append(out, img)
	}
	return out, nil
}

// raster reads a picture's dimensions without decoding it.
func (l *loader) raster(img *course.Image) error {
	f, err := l.fsys.Open(img.File)
	if err != nil {
		return fmt.Errorf("open %s: %w", img.File, err)
	}
	defer f.Close()
	config, format, err := image.DecodeConfig(f)
	if want := strings.Replace(path.Ext(img.File)[1:], "jpg", "jpeg", 1); err == nil && format != want {
		err = fmt.Errorf("it is %s, not %s", format, want)
	}
	if err != nil {
		l.errorf(diag.Pos{File: img.File}, "image-format", "save it again as PNG, JPEG or WebP", "not a readable picture: %v", err)
		return nil
	}
	if config.Width*config.Height > maxPixel {
		l.errorf(diag.Pos{File: img.File}, "image-size", "scale it down", "the picture has %d x %d pixels", config.Width, config.Height)
		return nil
	}
	img.Width, img.Height = config.Width, config.Height
	fsys, file := l.fsys, img.File
	img.Read = func() ([]byte, error) { return fs.ReadFile(fsys, file) }
	return nil
}

// What a diagram may consist of. Drawn by strangers and opened from a person's own disk, an SVG is a program unless it is
// held to shapes and words.
var (
	svgElements = strings.Fields("svg g title desc rect circle ellipse line polyline polygon path text")
	svgAttrs    = strings.Fields(`xmlns viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform id role
		fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity opacity
		font-size font-family font-weight text-anchor dominant-baseline`)
)

type diagram struct {
	lines *diag.Lines
	src   string
	stem  string // of the file's name: the first part of its labels' ids
	img   course.Image
	diags []diag.Diagnostic
	ids   map[string]bool // of its labels
	root  bool            // the <svg> was seen
}

func (d *diagram) errorf(offset int64, rule, hint, format string, args ...any) {
	d.diags = append(d.diags, diag.Errorf(d.lines.Pos(int(offset)), rule, hint, format, args...))
}

func (d *diagram) parse() {
	d.ids = map[string]bool{}
	dec := xml.NewDecoder(strings.NewReader(d.src))
	var open []string
	var label string // id of the text element that is open
	var refused bool // the element that is open
	for {
		at := dec.InputOffset()
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			d.errorf(at, "svg", "export the drawing again as plain SVG", "not readable as SVG: %v", err)
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			open = append(open, t.Name.Local)
			if len(open) > 32 {
				d.errorf(at, "svg", "ungroup the drawing", "groups are nested too deeply")
				return
			}
			before := len(d.diags)
			label = d.element(at, t, len(open) == 1)
			refused = len(d.diags) > before
		case xml.EndElement:
			open = open[:len(open)-1]
			label, refused = "", false
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); text != "" && !refused {
				d.label(at, dec.InputOffset(), label, text)
			}
		case xml.Directive:
			d.errorf(at, "svg", "remove it", "document type declarations are not allowed")
			return
		case xml.ProcInst: // a style sheet, among others, which can be a program
			if t.Target != "xml" {
				d.errorf(at, "svg", "remove it", "the instruction <?%s?> is not allowed", t.Target)
				return
			}
		}
	}
	if !d.root && len(d.diags) == 0 {
		d.errorf(0, "svg", "keep one <svg> a file, with everything in it", "the file is not one drawing")
	}
	if d.img.Width > 0 {
		d.img.SVG = d.src
	}
}

// element checks an element and gives the id of the words in it, "" when it may hold none.
func (d *diagram) element(at int64, t xml.StartElement, root bool) (label string) {
	name := t.Name.Local
	if t.Name.Space != "http://www.w3.org/2000/svg" || !slices.Contains(svgElements, name) {
		d.errorf(at, "svg", "use shapes and text only: "+strings.Join(svgElements, ", "), "the element <%s> is not allowed", name)
	}
	id := ""
	size := map[string]int{}
	for _, a := range t.Attr {
		if !slices.Contains(svgAttrs, a.Name.Local) || a.Name.Space != "" {
			d.errorf(at, "svg", "remove it; colours and sizes are attributes", "the attribute %q is not allowed", a.Name.Local)
		}
		if a.Name.Local != "transform" && a.Name.Local != "xmlns" && strings.ContainsAny(a.Value, "(:&;<") {
			d.errorf(at, "svg", "write a plain value", "the value of %q is not allowed", a.Name.Local)
		}
		switch a.Name.Local {
		case "id":
			id = a.Value
		case "width", "height":
			size[a.Name.Local], _ = strconv.Atoi(a.Value)
		}
	}
	if root && (d.root || name != "svg") {
		d.errorf(at, "svg", "keep one <svg> a file, with everything in it", "the file is not one drawing")
		return ""
	}
	if root {
		d.root = true
		d.img.Width, d.img.Height = size["width"], size["height"]
		if d.img.Width < 1 || d.img.Height < 1 || d.img.Width*d.img.Height > maxPixel {
			d.errorf(at, "svg", `write <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 360" width="720" height="360">`, "the drawing has no width and height in whole pixels")
			d.img.Width = 0
		}
	}
	switch name {
	case "title", "desc":
		return name
	case "text":
		if idPattern.MatchString(id) {
			return id
		}
	}
	return ""
}

func (d *diagram) label(start, end int64, id, text string) {
	if id == "" {
		d.errorf(start, "svg-label", `write <text id="plan" ...>, another for each line of words`, "words outside a <text> element with an id, by which their translation finds them")
		return
	}
	if d.ids[id] {
		d.errorf(start, "svg-label", "give each <text> an id of its own and one line of words; a drawing has one <title> and one <desc>", "more words with the id %q", id)
		return
	}
	d.ids[id] = true
	raw := d.src[start:end]
	lead := int64(len(raw) - len(strings.TrimLeft(raw, " \t\n")))
	trail := int64(len(raw) - len(strings.TrimRight(raw, " \t\n")))
	d.img.Labels = append(d.img.Labels, course.Segment{
		Text:  course.NewText(d.stem+"."+id, course.KindLabel, text, d.lines.Pos(int(start+lead))),
		Start: int(start + lead), End: int(end - trail),
	})
}

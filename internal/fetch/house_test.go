package fetch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// ways are the names that open connections without the guard.
var ways = map[string][]string{
	"net":                         {"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "Resolver", "DefaultResolver"},
	"net/http":                    {"Get", "Head", "Post", "PostForm", "Client", "DefaultClient", "Transport", "DefaultTransport"},
	"crypto/tls":                  {"Dial", "DialWithDialer", "Dialer"},
	"github.com/gocolly/colly/v2": {"NewCollector", "Collector"},
}

// local are uses that reach no network.
var local = map[string]string{
	"internal/notify/notify.go": "net.DialUnix", // the service manager's socket, on this machine
	"test/soak/life.go":         "http.Client",  // asks the program that it tests for its metrics, on the loopback
}

func TestNothingElseOpensConnections(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(rel, "internal/fetch/") || strings.HasPrefix(rel, "internal/bench") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return nil // the compiler says it better
		}
		for _, use := range unguarded(file) {
			if local[rel] == use {
				continue
			}
			t.Errorf("%s uses %s: connections are opened by internal/fetch only", rel, use)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// unguarded returns the uses of ways in a file.
func unguarded(file *ast.File) (uses []string) {
	barred := map[string][]string{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		name := strings.TrimSuffix(path, "/v2")
		name = name[strings.LastIndexByte(name, '/')+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		barred[name] = ways[path]
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Obj == nil {
				for _, way := range barred[pkg.Name] {
					if sel.Sel.Name == way {
						uses = append(uses, pkg.Name+"."+way)
					}
				}
			}
		}
		return true
	})
	return uses
}

func TestUnguardedUsesAreFound(t *testing.T) {
	const code = `package x
import ("net"; web "net/http"; "net/url")
var a, b, c = net.Dial, web.DefaultClient, url.Parse
func f(l net.Listener) { web.NotFound(nil, nil) }`
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", code, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(unguarded(file), " "); got != "net.Dial web.DefaultClient" {
		t.Errorf("found %q", got)
	}
}

package fetch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ways are the names that open connections, or ask for addresses, without the guard.
var ways = map[string][]string{
	"net": {"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "Resolver", "DefaultResolver",
		"LookupHost", "LookupIP", "LookupAddr", "LookupCNAME", "LookupMX", "LookupNS", "LookupSRV", "LookupTXT",
		"ResolveIPAddr", "ResolveTCPAddr", "ResolveUDPAddr", "ListenPacket", "ListenUDP", "ListenIP", "ListenMulticastUDP"},
	"net/http":                        {"Get", "Head", "Post", "PostForm", "Client", "DefaultClient", "Transport", "DefaultTransport"},
	"crypto/tls":                      {"Dial", "DialWithDialer", "Dialer"},
	"net/textproto":                   {"Dial"},
	"syscall":                         {"Connect", "Socket", "Sendto"},
	"golang.org/x/sys/unix":           {"Connect", "Socket", "Sendto"},
	"github.com/gocolly/colly/v2":     {"NewCollector", "Collector"},
	"github.com/jackc/pgx/v5":         {"Connect", "ConnectConfig"},
	"github.com/jackc/pgx/v5/pgconn":  {"Connect", "ConnectConfig"},
	"github.com/jackc/pgx/v5/pgxpool": {"New", "NewWithConfig"},
	"github.com/minio/minio-go/v7":    {"New"},
}

// barred are packages that do nothing else.
var barred = []string{"net/rpc", "net/smtp", "golang.org/x/net/websocket", "golang.org/x/net/proxy", "golang.org/x/net/http2"}

// local are uses that reach no network, or none but what the operator names.
var local = map[string]string{
	"internal/notify/notify.go":             "net.DialUnix", // the service manager's socket, on this machine
	"test/soak/life.go":                     "http.Client",  // asks the program that it tests for its metrics, on the loopback
	"internal/frontier/durable/postgres.go": "pgxpool.New",  // the operator's database
	"internal/bucket/bucket.go":             "minio.New",    // over the guarded transport: cmd/scrape, TestPush
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
	known := map[string][]string{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		name := regexp.MustCompile(`/v\d+$`).ReplaceAllString(path, "")
		name = strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], "-go")
		if spec.Name != nil {
			name = spec.Name.Name
		}
		known[name] = ways[path]
		if slices.Contains(barred, path) || name == "." && ways[path] != nil {
			uses = append(uses, "import of "+path)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Obj == nil {
				for _, way := range known[pkg.Name] {
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
import ("net"; web "net/http"; "net/url"; "syscall"; "github.com/jackc/pgx/v5/pgxpool"; . "crypto/tls"; _ "golang.org/x/net/websocket")
var a, b, c = net.Dial, web.DefaultClient, url.Parse
var d, e, g = net.LookupHost, syscall.Connect, pgxpool.New
func f(l net.Listener) { web.NotFound(nil, nil); syscall.Getpid() }`
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", code, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(unguarded(file), " "); got != "import of crypto/tls import of golang.org/x/net/websocket net.Dial web.DefaultClient net.LookupHost syscall.Connect pgxpool.New" {
		t.Errorf("found %q", got)
	}
}

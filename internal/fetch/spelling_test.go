package fetch

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"testing"

	"newsarchive/page"
)

// inside are addresses that nothing may lead to.
var inside = []string{"127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "10.255.3.4", "172.16.0.1", "172.31.9.9", "192.168.1.1", "169.254.169.254",
	"100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.5", "224.0.0.1", "240.1.1.1", "255.255.255.255"}

// A speller writes addresses as no one should.
type speller struct{ *rand.Rand }

// number writes one part of an IPv4 address.
func (s speller) number(n uint32) string {
	switch s.IntN(6) {
	case 0:
		return fmt.Sprintf("0%o", n)
	case 1:
		return fmt.Sprintf("0x%x", n)
	case 2:
		return fmt.Sprintf("0X%0*X", 1+s.IntN(9), n)
	case 3:
		return fmt.Sprintf("0%0*o", 1+s.IntN(9), n)
	}
	return fmt.Sprint(n)
}

// v4 joins the four bytes into one to four parts.
func (s speller) v4(a netip.Addr) string {
	b := a.As4()
	parts := 1 + s.IntN(4)
	var out []string
	for _, c := range b[:parts-1] {
		out = append(out, s.number(uint32(c)))
	}
	var rest uint32
	for _, c := range b[parts-1:] {
		rest = rest<<8 | uint32(c)
	}
	return strings.Join(append(out, s.number(rest)), ".")
}

// v6 puts the four bytes into an address of IPv6 that leads to them, or did once.
func (s speller) v6(a netip.Addr) string {
	b := a.As4()
	hex := fmt.Sprintf("%02x%02x:%02x%02x", b[0], b[1], b[2], b[3])
	forms := []string{"::ffff:" + hex, "::ffff:" + a.String(), "0:0:0:0:0:FFFF:" + hex, "::" + hex, "64:ff9b::" + hex, "64:ff9b:1::" + hex, "2002:" + hex + "::1",
		"2001:0:" + hex + "::1", "::ffff:0:" + hex, "fd00:ec2::254", "fc00::" + hex, "fe80::" + hex, "fec0::1", "ff02::1", "::1", "::", "0000:0000::0001",
		"2001:0000:" + hex + ":0000:0000:f5ff:fffe", "fe80::1%25eth0", "100::1", "5f00::1", "2001:db8::" + hex}
	return "[" + forms[s.IntN(len(forms))] + "]"
}

// disguise replaces characters by others that mean the same in a host.
func (s speller) disguise(host string) string {
	var b strings.Builder
	for _, c := range host {
		switch n := s.IntN(12); {
		case n == 0 && c != '[' && c != ']':
			fmt.Fprintf(&b, "%%%02X", c)
		case n == 1 && c >= '0' && c <= '9':
			b.WriteRune('０' + c - '0')
		case n == 2 && c >= '1' && c <= '9':
			b.WriteRune('①' + c - '1')
		case n == 3 && c == '.':
			b.WriteRune([]rune("。．｡")[s.IntN(3)])
		case n == 4 && c >= 'a' && c <= 'z':
			b.WriteRune('ａ' + c - 'a')
		case n == 5:
			b.WriteString("\u00ad" + string(c))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

func (s speller) address() string {
	a := netip.MustParseAddr(inside[s.IntN(len(inside))])
	var host string
	switch s.IntN(8) {
	case 0, 1:
		host = s.v6(a)
	case 2:
		host = []string{"localhost", "LOCALHOST", "localhost.", "foo.localhost", "ip6-localhost", "metadata.google.internal", "local", "x" + a.String() + ".nip.example", "127.1.", "a..b"}[s.IntN(10)]
	case 3:
		host = s.v4(a) + "."
	default:
		host = s.v4(a)
	}
	if s.IntN(2) == 0 {
		host = s.disguise(host)
	}
	user := []string{"", "", "", "news.example@", "news.example:80@", "news.example%40", "news.example\\@", "a:b@news.example@"}[s.IntN(8)]
	slashes := []string{"//", "//", "//", "/", "", "\\\\", "///"}[s.IntN(7)]
	port := []string{"", ":80", ":8080", ":0080", ":", ":65536"}[s.IntN(6)]
	return []string{"http", "https", "HTTP", "ht\ttp"}[s.IntN(4)] + ":" + slashes + user + host + port + []string{"", "/", "/x", "?q", "#f", "\\x"}[s.IntN(6)]
}

// Ten thousand spellings of special addresses: whatever they are read as, no
// connect call goes to an address that is not public, though the resolver takes
// every name for one of them.
func TestOddSpellingsReachNothing(t *testing.T) {
	s := speller{rand.New(rand.NewPCG(1, 2))}
	c := New(Options{IgnoreRobots: true})
	defer c.Close()
	c.dialer.lookup = func(context.Context, string) ([]netip.Addr, error) {
		return addrs("93.184.216.34", inside[s.IntN(len(inside))]), nil
	}
	guarded := c.dialer.direct.Control
	var reached []string
	c.dialer.direct.Control = func(network, addr string, raw syscall.RawConn) error {
		if err := guarded(network, addr, raw); err != nil {
			return err
		}
		reached = append(reached, addr)
		return errors.New("no packet leaves a test")
	}
	w := c.Worker()
	unsafe := 0
	for range 10_000 {
		spelling := s.address()
		reached = nil
		got, err := w.Fetch(t.Context(), page.Request{URL: spelling})
		if err != nil {
			t.Fatal(err)
		}
		if got.Outcome == page.UnsafeAddress {
			unsafe++
		}
		for _, addr := range reached {
			a := netip.MustParseAddrPort(addr).Addr()
			if !a.Is4() || !a.IsGlobalUnicast() || a.IsPrivate() || oneOf(inside, a.String()) {
				t.Errorf("%q led to %s", spelling, addr)
			}
		}
	}
	if unsafe < 9000 {
		t.Errorf("only %d of 10000 were unsafe: the spellings are not what they should be", unsafe)
	}
}

func oneOf(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

func TestTheEnvironmentNamesNoProxy(t *testing.T) {
	asked := make(chan string, 10)
	proxy := serve(t, func(_ net.Conn, path string) bool { asked <- path; return false })
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"} {
		t.Setenv(name, proxy.URL)
	}
	t.Setenv("NO_PROXY", "")
	s := serve(t, constant("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
	if got := fetch(t, client(t, Options{}), s.URL+"/x"); got.Outcome != "" || string(got.Document().Body) != "ok" {
		t.Errorf("%s %s", got.Outcome, got.Err)
	}
	if n, _ := proxy.seen(); n != 0 || len(asked) != 0 {
		t.Error("the proxy of the environment was asked")
	}
}

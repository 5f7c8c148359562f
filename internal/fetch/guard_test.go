package fetch

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"
	"time"
)

func TestSpecialAddresses(t *testing.T) {
	for _, tt := range []struct {
		addr string
		safe bool
	}{
		{"8.8.8.8", true}, {"1.1.1.1", true}, {"151.101.0.81", true}, {"2606:4700::1111", true}, {"2a00:1450:4001::1", true},
		{"9.255.255.255", true}, {"10.0.0.0", false}, {"10.255.255.255", false}, {"11.0.0.0", true},
		{"100.63.255.255", true}, {"100.64.0.0", false}, {"100.127.255.255", false}, {"100.128.0.0", true},
		{"126.255.255.255", true}, {"127.0.0.1", false}, {"127.255.255.254", false}, {"128.0.0.1", true},
		{"169.253.255.255", true}, {"169.254.169.254", false}, {"169.255.0.0", true},
		{"172.15.255.255", true}, {"172.16.0.1", false}, {"172.31.255.255", false}, {"172.32.0.0", true},
		{"192.0.0.192", false}, {"192.0.2.1", false}, {"192.0.3.1", true}, {"192.88.99.1", false},
		{"192.167.255.255", true}, {"192.168.0.1", false}, {"192.169.0.0", true},
		{"198.17.255.255", true}, {"198.18.0.1", false}, {"198.19.255.255", false}, {"198.20.0.0", true},
		{"198.51.100.7", false}, {"203.0.113.7", false}, {"203.0.114.1", true},
		{"223.255.255.255", true}, {"224.0.0.1", false}, {"239.255.255.255", false}, {"240.0.0.1", false}, {"255.255.255.255", false},
		{"0.0.0.0", false}, {"0.1.2.3", false}, {"168.63.129.16", false}, {"168.63.129.17", true},
		{"::", false}, {"::1", false}, {"::7f00:1", false}, {"::ffff:127.0.0.1", false}, {"::ffff:8.8.8.8", true}, {"::ffff:0:127.0.0.1", false},
		{"64:ff9b::a00:1", false}, {"64:ff9b:1::1", false}, {"100::1", false}, {"2001::1", false}, {"2001:1ff::1", false}, {"2001:200::1", true},
		{"2001:db8::1", false}, {"2002:7f00:1::", false}, {"2003::1", true}, {"3fff::1", false}, {"3fff:1000::1", true}, {"4000::1", false},
		{"5f00::1", false}, {"fc00::1", false}, {"fd00:ec2::254", false}, {"fe80::1", false}, {"fe80::1%eth0", false}, {"fec0::1", false}, {"ff02::1", false},
	} {
		err := guard(netip.AddrPortFrom(netip.MustParseAddr(tt.addr), 80), nil)
		if (err == nil) != tt.safe {
			t.Errorf("guard(%s) = %v", tt.addr, err)
		}
	}
	if guard(netip.AddrPort{}, nil) == nil {
		t.Error("no address at all was safe")
	}
}

func TestAllowNet(t *testing.T) {
	for _, tt := range []struct {
		in, out string
		yes, no string
	}{
		{"203.0.113.0/24", "203.0.113.0/24", "203.0.113.9:443", "198.51.100.9:443"},
		{"203.0.113.7/24", "203.0.113.0/24", "203.0.113.9:443", "192.168.0.1:80"},
		{"127.0.0.1", "127.0.0.1/32", "127.0.0.1:8080", "127.0.0.2:8080"},
		{"127.0.0.1:8080", "127.0.0.1/32:8080", "127.0.0.1:8080", "127.0.0.1:8081"},
		{"10.0.0.0/8:80", "10.0.0.0/8:80", "10.1.2.3:80", "10.1.2.3:443"},
		{"[::1]:80", "[::1/128]:80", "[::1]:80", "[::1]:81"},
		{"::1", "::1/128", "[::1]:9", "[::2]:9"},
		{"[fd00::/8]:80", "[fd00::/8]:80", "[fd12::1]:80", "[fd12::1]:443"},
		{"[::1]", "::1/128", "[::1]:1", "127.0.0.1:1"},
		{"::ffff:127.0.0.1", "127.0.0.1/32", "[::ffff:127.0.0.1]:1", "127.0.0.2:1"},
	} {
		a, err := ParseAllowNet(tt.in)
		if err != nil || a.String() != tt.out {
			t.Errorf("ParseAllowNet(%q) = %v, %v", tt.in, a, err)
			continue
		}
		if again, err := ParseAllowNet(a.String()); err != nil || again != a {
			t.Errorf("%v is read back as %v, %v", a, again, err)
		}
		if err := guard(netip.MustParseAddrPort(tt.yes), []AllowNet{a}); err != nil {
			t.Errorf("%s does not allow %s: %v", tt.in, tt.yes, err)
		}
		if guard(netip.MustParseAddrPort(tt.no), []AllowNet{a}) == nil {
			t.Errorf("%s allows %s", tt.in, tt.no)
		}
	}
	for _, bad := range []string{"", "localhost", "10.0.0.0/33", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:x", "[::1", "[::1]80", "fe80::1%lo", "1.2.3", "*", "::ffff:10.0.0.0/8"} {
		if a, err := ParseAllowNet(bad); err == nil {
			t.Errorf("ParseAllowNet(%q) = %v", bad, a)
		}
	}
}

func addrs(list ...string) (out []netip.Addr) {
	for _, s := range list {
		out = append(out, netip.MustParseAddr(s))
	}
	return out
}

func TestNamesAreResolvedOnce(t *testing.T) {
	s := serve(t, constant("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
	_, port, _ := net.SplitHostPort(s.Addr().String())
	answers := [][]netip.Addr{addrs("127.0.0.1"), addrs("10.0.0.1"), addrs("10.0.0.1")} // the name is rebound
	lookups := 0
	d := newDialer(Options{AllowNet: loopback, DialTimeout: time.Second})
	d.lookup = func(context.Context, string) ([]netip.Addr, error) {
		lookups++
		return answers[min(lookups, len(answers))-1], nil
	}
	c, err := d.dial(t.Context(), "tcp", "news.example:"+port)
	if err != nil || lookups != 1 || c.RemoteAddr().String() != s.Addr().String() {
		t.Fatalf("%v after %d look-ups: %v", c, lookups, err)
	}
	c.Close()
	var unsafe *unsafeError
	if _, err := d.dial(t.Context(), "tcp", "news.example:"+port); !errors.As(err, &unsafe) {
		t.Errorf("rebound name: %v", err)
	}
}

func TestOneUnsafeAddressSpoilsTheName(t *testing.T) {
	s := serve(t, constant(""))
	_, port, _ := net.SplitHostPort(s.Addr().String())
	d := newDialer(Options{AllowNet: loopback, DialTimeout: time.Second})
	d.lookup = func(context.Context, string) ([]netip.Addr, error) { return addrs("127.0.0.1", "192.168.0.1"), nil }
	var unsafe *unsafeError
	if _, err := d.dial(t.Context(), "tcp", "multi.example:"+port); !errors.As(err, &unsafe) {
		t.Errorf("%v", err)
	}
	if n, _ := s.seen(); n != 0 {
		t.Error("a connection was opened")
	}
}

func TestOtherAddressesAreTried(t *testing.T) {
	s := serve(t, constant(""))
	_, port, _ := net.SplitHostPort(s.Addr().String())
	for _, list := range [][]netip.Addr{addrs("127.0.0.2", "127.0.0.1"), addrs("::1", "127.0.0.1"), addrs("::1", "127.0.0.3", "127.0.0.1")} {
		d := newDialer(Options{AllowNet: loopback, DialTimeout: 5 * time.Second})
		d.lookup = func(context.Context, string) ([]netip.Addr, error) { return list, nil }
		c, err := d.dial(t.Context(), "tcp", "news.example:"+port)
		if err != nil {
			t.Errorf("%v: %v", list, err)
			continue
		}
		c.Close()
	}
	d := newDialer(Options{AllowNet: loopback, DialTimeout: 5 * time.Second})
	d.lookup = func(context.Context, string) ([]netip.Addr, error) { return addrs("::1", "127.0.0.2"), nil }
	if c, err := d.dial(t.Context(), "tcp", "news.example:"+port); err == nil {
		t.Errorf("connected to %v", c.RemoteAddr())
	}
	d.lookup = func(context.Context, string) ([]netip.Addr, error) { return nil, nil }
	if _, err := d.dial(t.Context(), "tcp", "news.example:"+port); err == nil {
		t.Error("connected to a name without addresses")
	}
}

// The kernel is asked to connect only past the guard, whatever resolve says.
func TestConnectCallIsGuarded(t *testing.T) {
	s := serve(t, constant(""))
	d := newDialer(Options{DialTimeout: time.Second})
	var unsafe *unsafeError
	if _, err := d.race(t.Context(), []netip.AddrPort{netip.MustParseAddrPort(s.Addr().String())}); !errors.As(err, &unsafe) {
		t.Errorf("%v", err)
	}
}

func FuzzAllowNet(f *testing.F) {
	f.Add("[::1]:80")
	f.Add("10.0.0.0/8:443")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAllowNet(s)
		if err != nil {
			return
		}
		if again, err := ParseAllowNet(a.String()); err != nil || again != a {
			t.Fatalf("%q is %v, read back as %v, %v", s, a, again, err)
		}
	})
}

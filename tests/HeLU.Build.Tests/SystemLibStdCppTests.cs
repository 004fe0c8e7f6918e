namespace Helu.Build.Tests;

public sealed class SystemLibStdCppTests : IDisposable
{
    private const ushort X64 = 62, AArch64 = 183;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Has_a_version_that_it_defines_and_no_other()
    {
        var library = _folder.Write("libstdc++.so.6", LibStdCpp(X64, "GLIBCXX_3.4.31", "GLIBCXX_3.4.32", "CXXABI_1.3"));

        Assert.True(SystemLibStdCpp.Defines("GLIBCXX_3.4.32", [library], X64));
        Assert.True(SystemLibStdCpp.Defines("CXXABI_1.3", [library], X64));
        Assert.False(SystemLibStdCpp.Defines("GLIBCXX_3.4.3", [library], X64));
        Assert.False(SystemLibStdCpp.Defines("GLIBCXX_3.4.33", [library], X64));
    }

    [Fact]
    public void The_first_library_decides_as_it_does_for_the_loader()
    {
        var old = _folder.Write("old", LibStdCpp(X64, "GLIBCXX_3.4.30"));
        var recent = _folder.Write("recent", LibStdCpp(X64, "GLIBCXX_3.4.32"));

        Assert.False(SystemLibStdCpp.Defines("GLIBCXX_3.4.32", [old, recent], X64));
        Assert.True(SystemLibStdCpp.Defines("GLIBCXX_3.4.32", [recent, old], X64));
    }

    [Fact]
    public void Files_that_the_loader_passes_over_do_not_decide()
    {
        var missing = Path.Combine(_folder.Path, "missing");
        var linkerScript = _folder.Write("script", "GROUP ( libstdc++.so.6.0.33 )"u8.ToArray());
        var otherMachine = _folder.Write("other", LibStdCpp(AArch64, "GLIBCXX_3.4.30"));
        var recent = _folder.Write("recent", LibStdCpp(X64, "GLIBCXX_3.4.32"));

        Assert.True(SystemLibStdCpp.Defines("GLIBCXX_3.4.32", [missing, linkerScript, otherMachine, recent], X64));
    }

    [Fact]
    public void No_library_defines_no_version() => Assert.False(SystemLibStdCpp.Defines("GLIBCXX_3.4", [], X64));

    [Fact]
    public void A_malformed_chain_of_definitions_does_not_decide()
    {
        var image = new ElfBuilder().Defines("GLIBCXX_3.4.31", "GLIBCXX_3.4.32").Build();
        var standsStill = _folder.Write("lib", image.With(image.Sections[".gnu.version_d"] + 16, 0));

        Assert.False(SystemLibStdCpp.Defines("GLIBCXX_3.4.31", [standsStill], X64));
    }

    [Fact]
    public void Is_looked_for_in_the_loaders_order()
    {
        // The lines are from `ldconfig -p` on Fedora, with a library of 32 bits.
        const string cache = """
            1234 libs found in cache `/etc/ld.so.cache'
            	libstdc++fs.so.6 (libc6,x86-64) => /opt/libstdc++fs.so.6
            	libstdc++.so.6 (libc6,x86-64) => /opt/gcc/lib64/libstdc++.so.6
            	libstdc++.so.6 (libc6) => /opt/gcc/lib/libstdc++.so.6
            """;

        var candidates = SystemLibStdCpp.Candidates("/first:/second", cache).ToList();

        Assert.Equal(
            ["/first/libstdc++.so.6", "/second/libstdc++.so.6", "/opt/gcc/lib64/libstdc++.so.6", "/opt/gcc/lib/libstdc++.so.6"],
            candidates[..4]);
        Assert.Contains("/usr/lib64/libstdc++.so.6", candidates[4..]);
        Assert.Contains("/lib/x86_64-linux-gnu/libstdc++.so.6", candidates[4..]);
    }

    [LinuxFact]
    public void This_machine_has_the_oldest_version_and_not_one_of_the_future()
    {
        Assert.True(SystemLibStdCpp.Defines("GLIBCXX_3.4"));
        Assert.False(SystemLibStdCpp.Defines("GLIBCXX_99.9"));
    }

    private static byte[] LibStdCpp(ushort machine, params string[] versions) => new ElfBuilder().Machine(machine).Defines(versions).Build().Bytes;
}

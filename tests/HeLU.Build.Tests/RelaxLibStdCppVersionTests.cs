using System.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Helu.Build.Tests;

public sealed class RelaxLibStdCppVersionTests : IDisposable
{
    private const byte WeakFlag = 2; // VER_FLG_WEAK in elf.h

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingBuildEngine _engine = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void Marks_only_the_one_version_weak_and_leaves_every_other_byte_alone()
    {
        var image = Sample.TorchSharpLike().Build();
        var library = _folder.Write("lib.so", image.Bytes);

        Assert.True(Run(library));

        Assert.Equal(image.With(image.VersionFlags[Sample.Version], WeakFlag), File.ReadAllBytes(library));
        Assert.Equal(MessageImportance.Low, Assert.Single(_engine.Messages).Importance);
        Assert.Equal(["lib.so"], _folder.FileNames);
    }

    [LinuxFact]
    public void A_second_run_changes_nothing()
    {
        var library = _folder.Write("lib.so", Sample.TorchSharpLike().Build().Bytes);
        Assert.True(Run(library));
        var afterOne = File.ReadAllBytes(library);
        _engine.Messages.Clear();

        Assert.True(Run(library));

        Assert.Equal(afterOne, File.ReadAllBytes(library));
        Assert.Empty(_engine.Messages);
    }

    [LinuxFact]
    public void A_version_that_no_symbol_carries_is_marked_weak_too()
    {
        var image = Sample.WithoutSymbolsOfTheVersion().Build();
        var library = _folder.Write("lib.so", image.Bytes);

        Assert.True(Run(library));

        Assert.Equal(image.With(image.VersionFlags[Sample.Version], WeakFlag), File.ReadAllBytes(library));
    }

    [LinuxFact]
    public void Another_flag_of_the_requirement_is_kept()
    {
        const byte infoFlag = 4; // VER_FLG_INFO
        var image = Sample.TorchSharpLike().Build();
        var library = _folder.Write("lib.so", image.With(image.VersionFlags[Sample.Version], infoFlag));

        Assert.True(Run(library));

        Assert.Equal(image.With(image.VersionFlags[Sample.Version], infoFlag | WeakFlag), File.ReadAllBytes(library));
    }

    [LinuxFact]
    public void A_file_without_the_requirement_is_unchanged() => AssertUnchanged(
        new ElfBuilder().Needs("libstdc++.so.6", ("GLIBCXX_3.4.30", 2)).Symbol("_ZSt4cout", 2).Build().Bytes);

    [LinuxFact]
    public void A_file_that_needs_no_version_at_all_is_unchanged() => AssertUnchanged(new ElfBuilder().Symbol("main", 1).Build().Bytes);

    [LinuxFact]
    public void A_version_of_the_same_name_in_another_library_is_unchanged() => AssertUnchanged(
        new ElfBuilder().Needs("libother.so.1", (Sample.Version, 2)).Symbol(Sample.MentionedSymbol, 2).Build().Bytes);

    [LinuxFact]
    public void Nothing_is_done_where_the_system_has_the_version() =>
        AssertUnchanged(Sample.TorchSharpLike().Build().Bytes, systemDefines: true);

    [LinuxFact]
    public void A_used_symbol_of_the_version_is_refused()
    {
        const string symbol = "_ZNSt8__detail23_Prime_rehash_policyE";

        var error = AssertRefused(Sample.TorchSharpLike().Symbol(symbol, 4, relocated: true).Build().Bytes);

        Assert.Contains(symbol, error, StringComparison.Ordinal);
        Assert.Contains(Sample.Version, error, StringComparison.Ordinal);
        Assert.Contains("Install a libstdc++", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_symbol_of_the_version_that_is_hidden_counts_as_used() =>
        AssertRefused(Sample.TorchSharpLike().Symbol("_ZNSt3newE", 0x8000 | 4).Build().Bytes);

    [LinuxFact]
    public void The_mentioned_symbol_is_refused_once_a_relocation_refers_to_it() =>
        AssertRefused(Sample.WithoutSymbolsOfTheVersion().Symbol(Sample.MentionedSymbol, 4, relocated: true).Build().Bytes);

    [LinuxFact]
    public void A_malformed_file_is_an_error_that_says_where_and_what()
    {
        var image = Sample.TorchSharpLike().Build();

        var error = AssertRefused(image.With(image.VersionFlags[Sample.Version] + 8, 0, 0, 0, 0));

        Assert.Contains($"found vna_next 0 at file offset 0x{image.VersionFlags[Sample.Version] + 8:x}, expected at least 16", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_hard_linked_original_stays_byte_identical()
    {
        var image = Sample.TorchSharpLike().Build();
        var original = _folder.Write("original.so", image.Bytes);
        var copy = Path.Combine(_folder.Path, "copy.so");
        using (var ln = Process.Start("ln", [original, copy]))
            ln.WaitForExit();

        Assert.True(Run(copy));

        Assert.Equal(image.Bytes, File.ReadAllBytes(original));
        Assert.Equal(image.With(image.VersionFlags[Sample.Version], WeakFlag), File.ReadAllBytes(copy));
    }

    [LinuxFact]
    public void A_symbolically_linked_original_stays_byte_identical_and_the_link_becomes_a_file()
    {
        var image = Sample.TorchSharpLike().Build();
        var original = _folder.Write("original.so", image.Bytes);
        var time = OldTime(original);
        var copy = Path.Combine(_folder.Path, "copy.so");
        File.CreateSymbolicLink(copy, original);

        Assert.True(Run(copy));

        Assert.Equal(image.Bytes, File.ReadAllBytes(original));
        Assert.Null(new FileInfo(copy).LinkTarget);
        Assert.Equal(image.With(image.VersionFlags[Sample.Version], WeakFlag), File.ReadAllBytes(copy));
        Assert.Equal(time, File.GetLastWriteTimeUtc(copy));
    }

    [LinuxFact]
    public void The_last_write_time_is_kept()
    {
        var library = _folder.Write("lib.so", Sample.TorchSharpLike().Build().Bytes);
        var time = OldTime(library);

        Assert.True(Run(library));

        Assert.Equal(time, File.GetLastWriteTimeUtc(library));
    }

    [LinuxFact]
    public void The_mode_is_kept_even_of_a_read_only_file()
    {
        foreach (var mode in new[] { "r-xr-xr-x", "rwxr--r--", "r--r-----", "rw-------" }.Select(ModeOf))
        {
            var library = _folder.Write($"{mode}.so", Sample.TorchSharpLike().Build().Bytes);
            if (OperatingSystem.IsLinux())
                File.SetUnixFileMode(library, mode);

            Assert.True(Run(library));

            Assert.Equal(mode, OperatingSystem.IsLinux() ? File.GetUnixFileMode(library) : mode);
        }
    }

    [LinuxFact]
    public void A_missing_file_is_an_error_with_its_path()
    {
        var missing = Path.Combine(_folder.Path, "missing.so");

        Assert.False(Run(missing));

        Assert.Equal(missing, Assert.Single(_engine.Errors).File);
    }

    [LinuxFact]
    public void A_refused_file_does_not_keep_the_next_from_being_marked()
    {
        var image = Sample.TorchSharpLike().Build();
        var refused = _folder.Write("refused.so", [1, 2, 3]);
        var good = _folder.Write("good.so", image.Bytes);

        Assert.False(Run(refused, good));

        Assert.Equal(image.With(image.VersionFlags[Sample.Version], WeakFlag), File.ReadAllBytes(good));
    }

    private bool Run(params string[] files) => Run(systemDefines: false, files);

    private bool Run(bool systemDefines, params string[] files) => new RelaxLibStdCppVersion
    {
        BuildEngine = _engine,
        Files = [.. files.Select(file => new TaskItem(file))],
        SystemDefines = _ => systemDefines,
    }.Execute();

    private void AssertUnchanged(byte[] content, bool systemDefines = false)
    {
        var library = _folder.Write("lib.so", content);

        Assert.True(Run(systemDefines, library));

        Assert.Equal(content, File.ReadAllBytes(library));
        Assert.Empty(_engine.Messages);
    }

    private string AssertRefused(byte[] content)
    {
        var library = _folder.Write("lib.so", content);

        Assert.False(Run(library));

        Assert.Equal(content, File.ReadAllBytes(library));
        var error = Assert.Single(_engine.Errors);
        Assert.Equal(library, error.File);
        return error.Message!;
    }

    private static DateTime OldTime(string path)
    {
        var time = new DateTime(2026, 5, 7, 8, 9, 10, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);
        return time;
    }

    /// <param name="text">As <c>ls -l</c> writes it.</param>
    private static UnixFileMode ModeOf(string text) =>
        (UnixFileMode)text.Aggregate(0, (mode, letter) => (mode << 1) | (letter == '-' ? 0 : 1));
}

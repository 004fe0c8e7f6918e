using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Helu.Inference.Weights;

namespace Helu.Inference.Tests.Weights;

/// <summary>
/// Whatever happens to a valid file, it is either still a consistent one or refused with <see cref="InvalidDataException"/>, for memory in proportion to its size.
/// HELU_FUZZ_CASES sets the number of cases; case n is the same in every run.
/// </summary>
public sealed partial class SafetensorsFuzzTests
{
    private const int DefaultCases = 10_000;

    // What an exception with its stack trace takes, and the reader's copies of file and header with one record, name and table slot per tensor.
    private const int FixedAllocation = 1 << 16;
    private const int AllocationPerByte = 32;

    private static readonly string[] s_hostileTokens =
    [
        "-1", "-0", "0", "1", "3", "4", "1.5", "1e3", "1e999", "2147483648", "4611686018427387904", "9223372036854775807", "18446744073709551615", "18446744073709551616",
        "null", "true", "{", "}", "[", "]", "{}", "[]", ",", ":", "[[[[", "\"", "\"\"", "\"F16\"", "\"F32\"", "\"I64\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"",
        "\"__metadata__\"", "\"a\"", "\"\\ud800\"", "\"\\u0000\"", "\\", "\uFEFF", "//", " ", "\n", "\0",
    ];

    private static readonly byte[][] s_valid =
    [
        SafetensorsBytes.File("{}"),
        SafetensorsBytes.File("{\"__metadata__\":{\"format\":\"pt\"}}   "),
        SafetensorsBytes.File("""{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}""", new byte[24]),
        SafetensorsBytes.File(
            """{"__metadata__":{"a":"1","b":"2"},"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]},"n":{"dtype":"I64","shape":[],"data_offsets":[12,20]},"e":{"dtype":"BF16","shape":[0,7],"data_offsets":[20,20]}}  """,
            new byte[20]),
        SafetensorsBytes.File("{" + string.Join(',', Enumerable.Range(0, 40).Select(i => $$"""
            "layer.{{i}}.w":{"dtype":"U8","shape":[{{i}}],"data_offsets":[{{i * (i - 1) / 2}},{{i * (i + 1) / 2}}]}
            """)) + "}", new byte[780]),
    ];

    private static readonly Gen<int> s_place = Gen.Int[0, int.MaxValue];

    private static readonly Gen<ulong> s_length = Gen.OneOf([Gen.ULong, Gen.ULong[0, 3000], Gen.ULong[99_999_990, 100_000_010], Gen.ULong[long.MaxValue, ulong.MaxValue]]);

    private static readonly Gen<Func<byte[], byte[]>> s_mutation = Gen.OneOf(
        Gen.Select(s_place, Gen.Byte, (place, value) => Edit(file => file.Length == 0 ? file : [.. file[..(place % file.Length)], value, .. file[((place % file.Length) + 1)..]])),
        Gen.Select(s_place, Gen.Int[0, 7], (place, bit) => Edit(file =>
        {
            byte[] flipped = [.. file];
            if (flipped.Length > 0)
                flipped[place % flipped.Length] ^= (byte)(1 << bit);
            return flipped;
        })),
        Gen.Select(s_place, Gen.Byte.Array[1, 9], (place, inserted) => Edit(file => [.. file[..(place % (file.Length + 1))], .. inserted, .. file[(place % (file.Length + 1))..]])),
        Gen.Select(s_place, Gen.Int[1, 20], (place, count) => Edit(file => [.. file[..(place % (file.Length + 1))], .. file[int.Min(file.Length, (place % (file.Length + 1)) + count)..]])),
        Gen.Select(s_place, place => Edit(file => file[..(place % (file.Length + 1))])),
        Gen.Select(s_length, length => Edit(file =>
        {
            byte[] changed = [.. file];
            if (changed.Length >= 8)
                BinaryPrimitives.WriteUInt64LittleEndian(changed, length);
            return changed;
        })),
        Gen.Select(s_place, Gen.OneOf(s_hostileTokens), (place, token) => HeaderEdit(tokens => tokens[place % tokens.Count] = token)),
        Gen.Select(s_place, Gen.OneOf(s_hostileTokens), (place, token) => HeaderEdit(tokens => tokens.Insert(place % tokens.Count, token))),
        Gen.Select(s_place, Gen.Long[-30, 30], (place, shift) => HeaderEdit(tokens => ShiftOffsets(tokens, place, shift))),
        Gen.Select(s_place, place => HeaderEdit(tokens => tokens.RemoveAt(place % tokens.Count))),
        Gen.Select(s_place, s_place, (a, b) => HeaderEdit(tokens => (tokens[a % tokens.Count], tokens[b % tokens.Count]) = (tokens[b % tokens.Count], tokens[a % tokens.Count]))),
        Gen.Select(s_place, s_place, Gen.Int[1, 30], (from, to, count) => HeaderEdit(tokens =>
            tokens.InsertRange(to % tokens.Count, tokens.GetRange(from % tokens.Count, int.Min(count, tokens.Count - (from % tokens.Count))).ToArray()))));

    private static readonly Gen<(int File, Func<byte[], byte[]>[] Mutations)> s_case = Gen.Select(Gen.Int[0, s_valid.Length - 1], s_mutation.Array[1, 4]);

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|[-+.\w]+|\s+|.
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token { get; }

    private static Func<byte[], byte[]> Edit(Func<byte[], byte[]> edit) => edit;

    /// <summary>Edits the header's JSON token by token and writes the new header length, so that the edit is what the reader meets.</summary>
    private static Func<byte[], byte[]> HeaderEdit(Action<List<string>> edit) => file =>
    {
        if (file.Length < 9)
            return file;
        int length = (int)ulong.Min(BinaryPrimitives.ReadUInt64LittleEndian(file), (ulong)file.Length - 8);
        List<string> tokens = [.. Token.Matches(Encoding.UTF8.GetString(file, 8, length)).Select(match => match.Value)];
        if (tokens.Count > 0)
            edit(tokens);
        return SafetensorsBytes.File(Encoding.UTF8.GetBytes(string.Concat(tokens)), file[(8 + length)..]);
    };

    // A tensor moved to other bytes fits its dtype and shape as before: only its neighbours give it away.
    private static void ShiftOffsets(List<string> tokens, int place, long shift)
    {
        int[] places = [.. Enumerable.Range(0, tokens.Count).Where(i => tokens[i] == "\"data_offsets\"" && i + 5 < tokens.Count)];
        if (places.Length == 0)
            return;
        int offsets = places[place % places.Length];
        foreach (int number in (int[])[offsets + 3, offsets + 5])
        {
            if (long.TryParse(tokens[number], CultureInfo.InvariantCulture, out long offset) && long.Abs(offset) < long.MaxValue / 2)
                tokens[number] = (offset + shift).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static void CheckConsistent(SafetensorsFile file, byte[] bytes)
    {
        long start = 8 + (long)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        long covered = 0;
        foreach ((string name, TensorEntry entry) in file.Tensors.OrderBy(tensor => tensor.Value.End).ThenBy(tensor => tensor.Value.Begin))
        {
            Assert.Equal(name, entry.Name);
            Assert.Equal(covered, entry.Begin);
            Assert.Equal((entry.End - entry.Begin) * 8, entry.Count * entry.Dtype.Bits());
            covered = entry.End;
            if (entry.Dtype == SafetensorsDtype.F32)
                Assert.Equal(bytes[(int)(start + entry.Begin)..(int)(start + entry.End)], file.ReadFloats(name).SelectMany(BitConverter.GetBytes));
        }

        Assert.Equal(bytes.Length, start + covered);
    }

    [Fact]
    public void A_damaged_file_is_consistent_or_refused_and_takes_memory_in_proportion_to_its_size()
    {
        int cases = int.TryParse(Environment.GetEnvironmentVariable("HELU_FUZZ_CASES"), CultureInfo.InvariantCulture, out int asked) ? asked : DefaultCases;
        int refused = 0;
        for (uint n = 0; n < cases; n++)
        {
            (int start, Func<byte[], byte[]>[] mutations) = s_case.Generate(new PCG(1, n), null, out _);
            byte[] bytes = mutations.Aggregate(s_valid[start], (file, mutate) => mutate(file));
            long before = GC.GetAllocatedBytesForCurrentThread();
            SafetensorsFile? file = null;
            try
            {
                file = SafetensorsFile.Parse(bytes);
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith("safetensors bytes: ", e.Message, StringComparison.Ordinal);
                refused++;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= FixedAllocation + ((long)AllocationPerByte * bytes.Length), $"Case {n}: {allocated} bytes allocated for a file of {bytes.Length}.");
            if (file is not null)
                CheckConsistent(file, bytes);
        }

        // Neither outcome is what always happens.
        Assert.InRange(refused, cases / 2, cases - (cases / 100));
    }

    [Theory]
    [InlineData("[", "0,", "0]")]
    [InlineData("[", "", "0]")]
    public void A_large_header_takes_memory_in_proportion_to_its_size(string before, string repeated, string after)
    {
        string shape = before + new StringBuilder().Insert(0, repeated, 500_000) + after;
        string tensors = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""
            "{{i}}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}
            """));
        byte[] bytes = SafetensorsBytes.File($$"""{"w":{"dtype":"U8","shape":{{shape}},"data_offsets":[0,0]},{{tensors}}}""");
        long start = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(20_001, SafetensorsFile.Parse(bytes).Tensors.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - start, 0, (long)AllocationPerByte * bytes.Length);
    }
}

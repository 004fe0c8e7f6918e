using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Helu.Package.Tests;

/// <summary>What a stranger does: train with TorchSharp, save, and ship the model's source and the weights in an application without TorchSharp.</summary>
public sealed partial class InferenceOnlyTests(ITestOutputHelper log) : IDisposable
{
    private const string Model =
        """
        using Helu;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        namespace Models;

        [Activation(Kind.HeLU)]
        public sealed partial class Net : Module<Tensor, Tensor>
        {
            private readonly Sequential hidden = Sequential(Linear(8, 32), BatchNorm1d(32), ReLU(), Dropout(0.5));
            private readonly Linear skip = Linear(32, 32);
            private readonly Linear logits = Linear(32, 3);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                x = hidden.call(x);
                x = x + skip.call(x).relu();
                return logits.call(x);
            }
        }
        """;

    /// <summary>Trains and saves, in both forms; or loads TorchSharp's and predicts.</summary>
    private const string TorchSharpApp =
        """
        using Models;
        using TorchSharp;

        torch.manual_seed(1);
        using var net = new Net();
        if (args is ["train", string state, string weights])
        {
            using var optimizer = torch.optim.SGD(net.parameters(), 0.1);
            using torch.Tensor x = torch.randn(64, 8), y = torch.randint(0, 3, 64);
            for (int i = 0; i < 20; i++)
            {
                optimizer.zero_grad();
                torch.nn.functional.cross_entropy(net.call(x), y).backward();
                optimizer.step();
            }
            net.save(state);
            using NetInference inference = net.ToInference();
            inference.Save(weights);
            return;
        }
        net.load(args[0]);
        net.eval();
        using var noGradients = torch.no_grad();
        using torch.Tensor samples = torch.tensor(Samples.Values).reshape(4, 8);
        System.Console.WriteLine(Samples.Line(net.call(samples).data<float>().ToArray()));
        """;

    private const string InferenceOnlyApp =
        """
        using Models;

        float[] output = new float[12];
        using NetInference net = NetInference.Load(args[0]);
        net.Run(Samples.Values, output);
        System.Console.WriteLine(Samples.Line(output));
        """;

    private const string Samples =
        """
        using System.Globalization;
        using System.Linq;

        internal static class Samples
        {
            public static readonly float[] Values = Enumerable.Range(0, 32).Select(i => (i * 7 % 11 - 5) / 3f).ToArray();

            public static string Line(float[] predictions) => "predictions " + string.Join(' ', predictions.Select(p => p.ToString("R", CultureInfo.InvariantCulture)));
        }
        """;

    private readonly UserFolder _user = new();

    [LinkerFact]
    public void AnAppShipsWithoutTorchSharpAndPredictsTheSame()
    {
        _user.Write("Models/Net.cs", Model);
        _user.Write("Models/Samples.cs", Samples);
        // Asks for libtorch too, as the project does that the model comes from.
        string[] items = ["<Compile Include=\"../Models/*.cs\" />", UserFolder.Package("HeLU", UserFolder.Version), UserFolder.Libtorch];
        _user.Write("Torch/Torch.csproj", UserFolder.Project("Exe", UserFolder.RunsTorchSharp, items));
        _user.Write("Torch/Program.cs", TorchSharpApp);
        _user.Write("App/App.csproj", UserFolder.Project("Exe", "<HeluInferenceOnly>true</HeluInferenceOnly><PublishAot>true</PublishAot>", items));
        _user.Write("App/Program.cs", InferenceOnlyApp);
        string state = Path.Combine(_user.Path, "net.dat");
        string weights = Path.Combine(_user.Path, "net.safetensors");

        _user.Dotnet("Torch", "build", "-c", "Release", "--nologo", "-warnaserror", "-o", "out");
        _user.Run("Torch/out", "Torch.dll", "train", state, weights);
        (string expected, TimeSpan torchTime) = _user.Run("Torch/out", "Torch.dll", state);

        _user.Dotnet("App", "build", "-c", "Release", "--nologo", "-warnaserror", "-o", "out");
        Assert.Equal(
            [Executable("App"), "App.deps.json", "App.dll", "App.pdb", "App.runtimeconfig.json", "HeLU.Abstractions.dll", "HeLU.Inference.dll"],
            _user.Files("App/out"));
        Assert.DoesNotMatch(TrainingSide(), _user.Read("App/out/App.deps.json"));
        (string built, TimeSpan builtTime) = _user.Run("App/out", "App.dll", weights);
        AssertSame(expected, built);

        _user.Dotnet("App", "publish", "-c", "Release", "--no-restore", "--nologo", "-warnaserror", "-o", "native");
        // Besides the debug symbols, which stand in a file of their own.
        Assert.Equal([Executable("App")], _user.Files("App/native").Where(file => Path.GetExtension(file) is not (".dbg" or ".pdb" or ".dwarf")));
        long size = new FileInfo(Path.Combine(_user.Path, "App/native", Executable("App"))).Length;
        Assert.InRange(size, 1, 15_000_000);
        (string published, TimeSpan publishedTime) = _user.Run("App/native", Executable("App"), weights);
        AssertSame(expected, published);

        log.WriteLine($"Start to first prediction: TorchSharp {torchTime.TotalMilliseconds:F0} ms, inference-only {builtTime.TotalMilliseconds:F0} ms, "
            + $"as NativeAOT {publishedTime.TotalMilliseconds:F0} ms ({size / 1e6:F1} MB).");
    }

    [Fact]
    public void WhatTheAppItselfAsksForStaysAndASwitchOnTheCommandLineCounts()
    {
        // TorchSharp 0.107 brings this version too.
        _user.Write("App/App.csproj", UserFolder.Project("Exe", "", UserFolder.Package("HeLU", UserFolder.Version), UserFolder.Package("Google.Protobuf", "3.21.9")));
        _user.Write("App/Program.cs", "System.Console.WriteLine(Google.Protobuf.ByteString.CopyFromUtf8(\"it runs\").ToStringUtf8());");

        _user.Dotnet("App", "build", "--nologo", "-warnaserror", "-o", "out");
        Assert.Contains("TorchSharp.dll", _user.Files("App/out"));
        Assert.Contains("TorchSharp.dll", _user.Read("App/out/App.deps.json"), StringComparison.Ordinal);

        _user.Dotnet("App", "build", "--nologo", "-warnaserror", "-o", "out", "-p:HeluInferenceOnly=true");
        Assert.Equal(
            [Executable("App"), "App.deps.json", "App.dll", "App.pdb", "App.runtimeconfig.json", "Google.Protobuf.dll", "HeLU.Abstractions.dll", "HeLU.Inference.dll"],
            _user.Files("App/out"));
        Assert.DoesNotContain("TorchSharp.dll", _user.Read("App/out/App.deps.json"), StringComparison.Ordinal);
        Assert.Contains("it runs", _user.Run("App/out", "App.dll").Output, StringComparison.Ordinal);
    }

    public void Dispose() => _user.Dispose();

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    /// <summary>Equal but for the order of additions.</summary>
    private static void AssertSame(string expected, string actual)
    {
        float[] expectedValues = Predictions(expected);
        float[] actualValues = Predictions(actual);
        Assert.Equal(12, actualValues.Length);
        for (int i = 0; i < actualValues.Length; i++)
            Assert.Equal(expectedValues[i], actualValues[i], 1e-5f);
    }

    private static float[] Predictions(string output) =>
        [.. output.Split('\n').First(line => line.StartsWith("predictions ", StringComparison.Ordinal)).Split(' ')[1..].Select(number => float.Parse(number, CultureInfo.InvariantCulture))];

    [GeneratedRegex("torch|SkiaSharp|Protobuf|SharpZipLib|HeLU.dll", RegexOptions.IgnoreCase)]
    private static partial Regex TrainingSide();
}

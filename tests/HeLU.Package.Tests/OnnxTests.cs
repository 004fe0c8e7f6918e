namespace Helu.Package.Tests;

/// <summary>The package HeLU.Onnx in a user's project.</summary>
public sealed class OnnxTests : IDisposable
{
    private const string Model =
        """
        using Helu;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        [Activation(Kind.HeLU)]
        public sealed partial class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(2, 1);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.call(x).relu();
        }
        """;

    /// <summary>Writes weights as safetensors, loads and exports them.</summary>
    private const string App =
        """
        using System;
        using System.IO;
        using System.Text;
        using Helu;

        byte[] header = Encoding.ASCII.GetBytes("{\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},\"fc.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}");
        using (FileStream file = File.Create("net.safetensors"))
        {
            file.Write(BitConverter.GetBytes((long)header.Length));
            file.Write(header);
            file.Write(new byte[12]);
        }
        using NetInference net = NetInference.Load("net.safetensors");
        net.ExportOnnx("net.onnx");
        Console.WriteLine(Encoding.Latin1.GetString(File.ReadAllBytes("net.onnx")).Contains("fc.weight", StringComparison.Ordinal) ? "exported" : "empty");
        """;

    private readonly UserFolder _user = new();

    [Fact]
    public void AnInferenceOnlyAppExportsWithoutTorchSharp()
    {
        _user.Write(
            "App/App.csproj",
            UserFolder.Project("Exe", "<HeluInferenceOnly>true</HeluInferenceOnly>", UserFolder.Package("HeLU.Onnx", UserFolder.Version)));
        _user.Write("App/Net.cs", Model);
        _user.Write("App/Program.cs", App);

        _user.Dotnet("App", "build", "-c", "Release", "--nologo", "-warnaserror", "-o", "out");

        string[] assemblies = [.. _user.Files("App/out").Where(file => file.EndsWith(".dll", StringComparison.Ordinal))];
        Assert.Equal(["App.dll", "Google.Protobuf.dll", "HeLU.Abstractions.dll", "HeLU.Inference.dll", "HeLU.Onnx.dll"], assemblies);
        Assert.Contains("exported", _user.Run("App/out", "App.dll").Output, StringComparison.Ordinal);
    }

    public void Dispose() => _user.Dispose();
}

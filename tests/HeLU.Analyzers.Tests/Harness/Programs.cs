using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Analyzers.Tests.Harness;

/// <summary>Texts of user programs, and compilations of them as a project that references the packages would make.</summary>
internal static class Programs
{
    /// <summary>The usings that TorchSharp programs start with.</summary>
    public const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Helu;
        using TorchSharp;
        using TorchSharp.Modules;
        using static Helu.TorchExtensions;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        """;

    public static CSharpParseOptions ParseOptions { get; } = WithInterceptors("Helu.Generated");

    public static MetadataReference TorchSharpPackage { get; } = Reference(typeof(TorchSharp.torch));

    public static MetadataReference AbstractionsPackage { get; } = Reference(typeof(ActivationAttribute));

    public static MetadataReference RuntimePackage { get; } = Reference(typeof(Activation));

    public static MetadataReference InferencePackage { get; } = Reference(typeof(Inference.InferenceModel));

    /// <summary>An annotated module; <paramref name="members"/> stand before its constructor, <paramref name="around"/> after the class.</summary>
    public static string Net(string members = "", string build = "", string forward = "return x;", string around = "") =>
        $$"""
        {{Usings}}
        [Activation(Kind.HeLU)]
        public class Net : Module<Tensor, Tensor>
        {
            {{members}}
            public Net() : base("Net")
            {
                {{build}}
                RegisterComponents();
            }
            public override Tensor forward(Tensor x)
            {
                {{forward}}
            }
        }
        {{around}}
        """;

    /// <summary>A program like <see cref="Net"/> that is not annotated itself: attributes stand in <paramref name="source"/>.</summary>
    public static string WithUsings(string source) => Usings + source;

    public static CSharpParseOptions WithInterceptors(string? namespaces)
    {
        CSharpParseOptions options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        return namespaces is null ? options : options.WithFeatures([new("InterceptorsNamespaces", namespaces)]);
    }

    public static CSharpCompilation Compile(params string[] sources) => With(sources, s_empty.Value);

    /// <summary>The same, in a project that references the inference package.</summary>
    public static CSharpCompilation CompileForInference(params string[] sources) => With(sources, s_emptyForInference.Value);

    /// <summary>Compilations that are made from one whose references are bound share them.</summary>
    private static readonly Lazy<CSharpCompilation> s_empty = new(() => Empty());

    private static readonly Lazy<CSharpCompilation> s_emptyForInference = new(() => Empty(InferencePackage));

    private static CSharpCompilation With(string[] sources, CSharpCompilation empty) =>
        empty.AddSyntaxTrees([.. sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"File{index}.cs"))]);

    private static CSharpCompilation Empty(params MetadataReference[] more)
    {
        CSharpCompilation empty = CSharpCompilation.Create(
            "Program",
            references: [.. Basic.Reference.Assemblies.Net100.References.All, TorchSharpPackage, AbstractionsPackage, RuntimePackage, .. more],
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.NotNull(empty.GetTypeByMetadataName("System.Object"));
        return empty;
    }

    private static PortableExecutableReference Reference(Type type) => MetadataReference.CreateFromFile(type.Assembly.Location);
}
